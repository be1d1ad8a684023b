/** Begins the work of one; `done` lets the next begin. Gives back what ends it. */
export type Visit = (done: () => void) => () => void;

/** Lets those that are seen begin one after the other. */
export interface Queue {
  /** @returns what takes the element out of the queue, or ends what it began */
  whenSeen(element: Element, begin: Visit): () => void;
}

/** Longest wait in milliseconds for one that never says that it is done, as where its page cannot be reached. */
const longest = 120_000;

/** A queue of its own. */
export function createVisits(): Queue {
  const waiting: (() => void)[] = [];
  const state = { busy: false };
  const next = () => {
    const begin = waiting.shift();
    state.busy = begin !== undefined;
    begin?.();
  };
  return {
    whenSeen(element, visit) {
      let end: (() => void) | null = null;
      let isOver = false;
      let late: ReturnType<typeof setTimeout> | undefined;
      const done = () => {
        if (isOver) return;
        isOver = true;
        clearTimeout(late);
        next();
      };
      const begin = () => {
        late = setTimeout(done, longest);
        end = visit(done);
      };
      const seen = new IntersectionObserver((entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        seen.disconnect();
        waiting.push(begin);
        if (!state.busy) next();
      });
      seen.observe(element);
      return () => {
        seen.disconnect();
        const place = waiting.indexOf(begin);
        if (place >= 0) waiting.splice(place, 1);
        end?.();
        if (end) done();
      };
    },
  };
}

/** The queue of all elements of a page. */
export const visits = createVisits();
