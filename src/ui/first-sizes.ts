import { flushSync } from 'react-dom';

/** Runs what is asked for before the next picture of the page is painted, all of it together. */
export interface BeforePaint {
  /** Asks for it; returns what takes that back. */
  ask(work: () => void): () => void;
}

/**
 * Sizes of parts that have just come to the page. Looked up as they come, each of them would have the browser lay out the whole page, in the task
 * that put them there. Together, at the beginning of the frame that is to show them, they take one layout, which the frame needs anyway.
 * @param nextFrame calls back when a frame begins; where nothing is painted, at once
 */
export function createBeforePaint(nextFrame: (work: () => void) => void): BeforePaint {
  const asked = new Set<() => void>();
  const runAll = () => {
    const works = [...asked];
    asked.clear();
    // All are looked up before any of them changes the page.
    flushSync(() => {
      for (const work of works) work();
    });
  };
  return {
    ask(work) {
      asked.add(work);
      if (asked.size === 1) nextFrame(runAll);
      return () => asked.delete(work);
    },
  };
}

export const firstSizes = createBeforePaint((work) => {
  // A page out of sight has no frames.
  if (document.hidden) queueMicrotask(work);
  else requestAnimationFrame(work);
});
