/** Takes values as they come, and hands them on in good time. */
export interface Paced<T> {
  /** A value that the next one replaces: handed on at once, or after the pause that follows the one before. */
  soon(value: T): void;
  /** The last value: handed on at once, and what was waiting is forgotten. */
  now(value: T): void;
}

/**
 * Hands on the newest of values that come faster than they are worth drawing.
 * @param pause milliseconds from one to the next
 */
export function paced<T>(take: (value: T) => void, pause: number): Paced<T> {
  let last = Number.NEGATIVE_INFINITY;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const now = (value: T) => {
    clearTimeout(waiting);
    last = performance.now();
    take(value);
  };
  return {
    now,
    soon(value) {
      clearTimeout(waiting);
      const wait = last + pause - performance.now();
      if (wait <= 0) now(value);
      else waiting = setTimeout(now, wait, value);
    },
  };
}
