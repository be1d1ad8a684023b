import { useEffect, useState } from 'react';
import { warn } from '../../../state/alerts';
import { messageOf } from '../../../text/message-of';
import { createTurns } from '../../../ui/turns';

const inTurn = createTurns();

/**
 * What `make` computes, made anew when it changes; until that is done, what it made last. Pass a function that stays the same
 * while what it reads does (`useCallback`).
 */
export function useSummary<Result>(make: () => Promise<Result>): Result | null {
  const [result, setResult] = useState<Result | null>(null);
  useEffect(() => {
    let stale = false;
    inTurn(async () => (stale ? null : make()))
      .then((made) => !stale && setResult(made))
      .catch((error) => {
        const givenUp = error instanceof Error && error.name === 'AbortError';
        if (!stale && !givenUp) warn('study', `The statistics could not be computed: ${messageOf(error)}.`);
      });
    return () => {
      stale = true;
    };
  }, [make]);
  return result;
}
