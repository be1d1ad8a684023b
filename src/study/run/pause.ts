/** A gate that can be closed for a while. */
export interface Pause {
  isPaused(): boolean;
  set(paused: boolean): void;
  /** Resolves at once, or when the pause is over; also when `signal` aborts. */
  gate(): Promise<void>;
}

export function createPause(signal: AbortSignal): Pause {
  let end: (() => void) | null = null;
  let over: Promise<void> = Promise.resolve();
  signal.addEventListener('abort', () => end?.());
  return {
    isPaused: () => end !== null,
    gate: () => over,
    set(paused) {
      if (paused === (end !== null)) return;
      end?.();
      end = null;
      if (!paused) return;
      over = new Promise((resolve) => {
        end = resolve;
      });
    },
  };
}
