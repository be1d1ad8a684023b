import { useEffect, useState } from 'react';
import { warn } from '../explain/controller';
import { messageOf } from '../explain/messages';
import { statistics } from './statistics/client';
import type { AskStatistics } from './statistics/protocol';

/**
 * What `make` computes from the statistics, made anew when it changes; until that is done, what it made last. Pass a function
 * that stays the same while what it reads does (`useCallback`).
 */
export function useSummary<Result>(make: (ask: AskStatistics) => Promise<Result>): Result | null {
  const [result, setResult] = useState<Result | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    const ask: AskStatistics = (name, request) => {
      controller.signal.throwIfAborted();
      return statistics.call(name, request, { signal: controller.signal }) as never;
    };
    make(ask)
      .then((made) => !controller.signal.aborted && setResult(made))
      .catch((error) => {
        if (!controller.signal.aborted) warn(`The statistics could not be computed: ${messageOf(error)}.`);
      });
    return () => controller.abort();
  }, [make]);
  return result;
}
