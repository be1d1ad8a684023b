import { ClaimedError, createClaims } from '../../../storage/claims';
import { createNews } from '../../../storage/news';
import { tab } from '../../../storage/text-store';
import type { TrainingData } from '../../../training/training-methods';
import { forget, forgetAll, keep, keepAll, kept, keptUnder } from './kept-values';

export type RunKind = 'training' | 'search';

/** What is told of a training or a search that this browser keeps. */
export interface AboutRun {
  kind: RunKind;
  id: string;
  /** The network and what it is trained on. */
  title: string;
  /** Milliseconds since 1970. */
  begun: number;
  /** How far it is, in words. */
  state: string;
}

export interface KeptRun extends AboutRun {
  /** Whether some tab has it on screen and can go on with it. */
  held: boolean;
}

/** Which tab has which training or search. */
export const claims = createClaims('supersign-optimise-claims');
export const news = createNews('supersign-optimise-news');

const lockOf = (kind: RunKind, id: string) => `supersign-${kind}-${id}`;

/** Each has names of its own: what it is, its weights and history, and its pictures, which do not change and can be large. */
const aboutName = (kind: RunKind, id: string) => `${kind}-about ${id}`;
const valueName = (kind: RunKind, id: string) => `${kind} ${id}`;
const picturesName = (kind: RunKind, id: string) => `${kind}-data ${id}`;

export const newId = (): string => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;

/** @throws StoreError */
export const keptValue = <Value>(kind: RunKind, id: string) => kept<Value>(valueName(kind, id));
/** @throws StoreError */
export const keptPictures = (kind: RunKind, id: string) => kept<TrainingData>(picturesName(kind, id));

/** @throws StoreError */
export async function keepValue(about: AboutRun, value: unknown): Promise<void> {
  const { kind, id } = about;
  await keepAll([
    [aboutName(kind, id), about],
    [valueName(kind, id), value],
  ]);
  news.tell();
}

/** @throws StoreError */
export const keepPictures = (kind: RunKind, id: string, data: TrainingData): Promise<unknown> =>
  keep(picturesName(kind, id), data);

/** @throws StoreError */
export const dropPictures = (kind: RunKind, id: string): Promise<unknown> => forget(picturesName(kind, id));

/** From the newest. @throws StoreError */
export async function keptRuns(kind: RunKind): Promise<KeptRun[]> {
  const [held, all] = await Promise.all([claims.held(), keptUnder<AboutRun>(`${kind}-about `)]);
  return all
    .sort((a, b) => b.begun - a.begun)
    .map((about) => ({ ...about, held: held.has(lockOf(kind, about.id)) }));
}

/**
 * What a tab shows when it is opened: what it had before, else the newest that no tab has.
 * @throws StoreError
 */
export async function runToOffer(kind: RunKind): Promise<KeptRun | null> {
  const free = (await keptRuns(kind)).filter(({ held }) => !held);
  const own = tab.get(lockOf(kind, 'of this tab'));
  return free.find(({ id }) => id === own) ?? free[0] ?? null;
}

/** Remembers what this tab has on screen, beyond a reload. */
export function remember(kind: RunKind, id: string): void {
  tab.set(lockOf(kind, 'of this tab'), id);
}

/**
 * Has a training or a search for this tab alone, until the function that is given is called.
 * @throws ClaimedError where another tab has it
 */
export const hold = (kind: RunKind, id: string): Promise<() => void> =>
  new Promise((resolve, reject) => {
    const held = () =>
      new Promise<void>((release) => {
        resolve(release);
        news.tell();
      });
    claims.claim(lockOf(kind, id), held).catch(reject).finally(news.tell);
  });

/** Forgets one with all that belongs to it. @throws Error where some tab has it on screen */
export async function dropRun(kind: RunKind, id: string): Promise<void> {
  try {
    await claims.claim(lockOf(kind, id), () =>
      forgetAll([aboutName(kind, id), valueName(kind, id), picturesName(kind, id)]),
    );
    news.tell();
  } catch (error) {
    if (error instanceof ClaimedError) throw new Error('it is open in another tab; end it there first');
    throw error;
  }
}

/** Gives what an earlier version of the page kept, one of a kind, names of its own. @throws StoreError */
export async function adoptOld<Value>(
  kind: RunKind,
  aboutOf: (value: Value, id: string) => { about: AboutRun; value: Value },
): Promise<void> {
  const value = await kept<Value>(kind);
  if (value === undefined) return;
  const id = newId();
  const pictures = await kept<TrainingData>(`${kind}-data`);
  const adopted = aboutOf(value, id);
  await keepAll([
    [aboutName(kind, id), adopted.about],
    [valueName(kind, id), adopted.value],
    ...(pictures === undefined ? [] : [[picturesName(kind, id), pictures] as const]),
  ]);
  await forgetAll([kind, `${kind}-data`]);
}
