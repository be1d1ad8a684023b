import { statistics } from '../../../study/statistics/statistics-client';
import type { AskStatistics } from '../../../study/statistics/statistics-methods';
import type { Study } from '../../../study/study-data';

/** How many questions to the statistics are answered, of those that were asked. */
export interface Progress {
  answered: number;
  asked: number;
}

interface Remembered extends Progress {
  result: Promise<unknown>;
}

interface OfStudy {
  results: Map<string, Remembered>;
  controller: AbortController;
}

/** What was computed of the study on screen, by key; several figures ask for the same. */
const known = new Map<Study, OfStudy>();
/** Studies that were asked about. */
const seen = new WeakSet<Study>();

/**
 * Where a study comes up, what is under way for others is given up. One that comes up again, asked about by a figure that has not
 * heard of its successor yet, ends nothing.
 */
function resultsOf(study: Study): OfStudy {
  if (!seen.has(study)) {
    for (const { controller } of known.values()) controller.abort();
    known.clear();
    seen.add(study);
  }
  const own = known.get(study) ?? { results: new Map(), controller: new AbortController() };
  known.set(study, own);
  return own;
}

/** Results that are still under way. */
const computing = new Set<Promise<unknown>>();

/** Whether anything is still under way. */
export const isComputing = (): boolean => computing.size > 0;

const listeners = new Set<() => void>();

/** Calls back at every answer of the statistics, until the returned function is called. */
export function onAnswer(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const tell = () => {
  for (const listener of listeners) listener();
};

/** How far the results under these keys are. */
export function progressOf(study: Study, keys: readonly string[]): Progress {
  const results = known.get(study)?.results;
  const own = keys.flatMap((key) => results?.get(key) ?? []);
  return {
    answered: own.reduce((sum, { answered }) => sum + answered, 0),
    asked: own.reduce((sum, { asked }) => sum + asked, 0),
  };
}

/**
 * What `make` computes of a study, computed once for each key. When another study is asked about, or the same with more
 * images, what is still under way for the one before is given up.
 */
export function remembered<Result>(
  study: Study,
  key: string,
  make: (ask: AskStatistics) => Promise<Result>,
): Promise<Result> {
  const { results, controller } = resultsOf(study);
  const before = results.get(key);
  if (before) return before.result as Promise<Result>;
  const progress: Progress = { answered: 0, asked: 0 };
  const result = make(counted(progress, controller.signal));
  results.set(key, Object.assign(progress, { result }));
  computing.add(result);
  // A failure is not remembered.
  result
    .catch(() => results.delete(key))
    .finally(() => {
      computing.delete(result);
      tell();
    });
  return result;
}

/** Asks the workers, and counts. */
const counted =
  (progress: Progress, signal: AbortSignal): AskStatistics =>
  (name, request) => {
    progress.asked += 1;
    return (statistics.call(name, request, { signal }) as Promise<never>).finally(() => {
      progress.answered += 1;
      tell();
    });
  };
