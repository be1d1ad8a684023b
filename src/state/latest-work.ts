/** Work of a kind of which only the latest counts: one owner for what is under way. */
export interface LatestWork {
  /** Whether anything is under way. */
  readonly isUnderWay: boolean;
  /**
   * Ends what is under way and does this instead. Resolves without a result where this is ended in its turn, whatever it throws then;
   * rejects with what it throws otherwise.
   */
  run<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result | undefined>;
  /** Ends what is under way. */
  end(): void;
}

export function createLatestWork(): LatestWork {
  let current: AbortController | null = null;
  return {
    get isUnderWay() {
      return current !== null;
    },
    async run(work) {
      current?.abort();
      const own = new AbortController();
      current = own;
      try {
        const result = await work(own.signal);
        return own.signal.aborted ? undefined : result;
      } catch (error) {
        if (own.signal.aborted) return undefined;
        throw error;
      } finally {
        if (current === own) current = null;
      }
    },
    end() {
      current?.abort();
      current = null;
    },
  };
}
