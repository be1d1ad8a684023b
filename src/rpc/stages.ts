/**
 * Stages of a start that may never answer. A stage that waits for others is watched by the worker itself (`within`); one that computes may
 * stick without letting it do anything any more, so the page watches those (`stage-watch.ts`), ends the worker, and tells the next one
 * which way to leave out.
 */

/** A way of computing on which a worker has stuck, and the sentence that says so. */
export interface WayLeftOut {
  way: string;
  why: string;
}

/** Tells the page that a stage has begun, goes on, or is over (null); or that the worker itself knows that it cannot go on. */
export type StageNews = { type: 'stage'; stage: WayLeftOut | null } | { type: 'stuck'; stage: WayLeftOut };

const waysLeftOut = new Map<string, string>();
type Tell = (news: StageNews) => void;

/** The way to the page, once there is one; what is told before reaches nobody. */
function createWayToPage(): { connect(to: Tell): void; tell: Tell } {
  let connected: Tell = () => {};
  return {
    connect(to) {
      connected = to;
    },
    tell: (news) => connected(news),
  };
}

const page = createWayToPage();

/** Says how news reach the page. */
export const connectStages = page.connect;

export function leaveOut(ways: readonly WayLeftOut[]): void {
  for (const { way, why } of ways) waysLeftOut.set(way, why);
}

/** Asks the page for another worker in the place of this one, which is to leave a way out. What is under way is begun again there. */
export const giveUp = (stage: WayLeftOut): void => page.tell({ type: 'stuck', stage });

/** Why a way is left out; undefined where it is not. */
export const whyLeftOut = (way: string): string | undefined => waysLeftOut.get(way);

/**
 * Does work while the page watches.
 * @param why a sentence, for the case that nothing is heard for too long
 * @param work is given a function to call now and then
 */
export async function watchedByPage<Result>(
  way: string,
  why: string,
  work: (goesOn: () => void) => Promise<Result>,
): Promise<Result> {
  const tell = (stage: WayLeftOut | null) => page.tell({ type: 'stage', stage });
  const begins = () => tell({ way, why });
  begins();
  try {
    return await work(begins);
  } finally {
    tell(null);
  }
}
