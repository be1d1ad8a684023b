import { statistics } from './statistics/client';
import type { AskStatistics } from './statistics/protocol';
import type { Study } from './study-data';

/** What was computed of the study on screen, by key; several figures ask for the same. */
let of: { study: Study; results: Map<string, Promise<unknown>>; controller: AbortController } | null = null;

let computing = 0;

/** Whether anything is still under way. */
export const isComputing = (): boolean => computing > 0;

/**
 * What `make` computes of a study, computed once for each key. When another study is asked about, or the same with more
 * images, what is still under way for the one before is given up.
 */
export function remembered<Result>(
  study: Study,
  key: string,
  make: (ask: AskStatistics) => Promise<Result>,
): Promise<Result> {
  if (of?.study !== study) {
    of?.controller.abort();
    of = { study, results: new Map(), controller: new AbortController() };
  }
  const { results, controller } = of;
  let result = results.get(key) as Promise<Result> | undefined;
  if (!result) {
    const { signal } = controller;
    result = make((name, request) => statistics.call(name, request, { signal }) as never);
    computing += 1;
    // A failure is not remembered.
    result
      .catch(() => results.delete(key))
      .finally(() => {
        computing -= 1;
      });
    results.set(key, result);
  }
  return result;
}
