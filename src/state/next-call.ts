/** One call that is to come. */
export interface NextCall {
  /** Calls after so many milliseconds; what was to come before is dropped. */
  after(milliseconds: number, call: () => void): void;
  drop(): void;
}

export function createNextCall(): NextCall {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  return {
    after(milliseconds, call) {
      clearTimeout(waiting);
      waiting = setTimeout(call, milliseconds);
    },
    drop: () => clearTimeout(waiting),
  };
}
