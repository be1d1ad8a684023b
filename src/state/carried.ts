/** What is carried through a loading of the page, by the workspace that it belongs to; whatever a database can hold. */
export interface Carried {
  /** The images that are open in Study. */
  'study images': { name: string; sources: readonly unknown[] };
  /** The study on screen, where it is kept nowhere else. */
  study: object;
}

type Name = keyof Carried;

const bearers = new Map<Name, () => Carried[Name] | null>();
const handed = new Map<Name, Carried[Name]>();
const takers = new Map<Name, (what: never) => void>();

/** A workspace says what it would lose with the page; `bear` gives it when the page is about to be loaded again. */
export function carries<Own extends Name>(name: Own, bear: () => Carried[Own] | null): void {
  bearers.set(name, bear);
}

/** All that would be lost now. */
export const carriedNow = (): Partial<Carried> =>
  Object.fromEntries(
    [...bearers].flatMap(([name, bear]) => [[name, bear()]]).filter(([, what]) => what !== null),
  );

/** What the page before has laid down: for whoever asks for it, now or later. */
export function handOn(carried: Partial<Carried>): void {
  for (const [name, what] of Object.entries(carried) as [Name, Carried[Name]][]) {
    const take = takers.get(name);
    if (take) take(what as never);
    else handed.set(name, what);
  }
}

/** Takes what was laid down under this name, as soon as it is there. */
export function takeCarried<Own extends Name>(name: Own, take: (what: Carried[Own]) => void): void {
  takers.set(name, take);
  const what = handed.get(name);
  handed.delete(name);
  if (what) take(what as Carried[Own]);
}
