import type { Method } from './serve';
import { createWorkerClient, type WorkerClient } from './worker-client';

export interface PoolOptions {
  signal?: AbortSignal;
  /** Whether it goes before all that does not. */
  first?: boolean;
}

/** Several workers that can do the same. */
export interface WorkerPool<M extends { [K in keyof M]: Method }> {
  readonly size: number;
  /** Asks the next worker that is free. */
  call<K extends keyof M & string>(
    method: K,
    request: M[K]['request'],
    options?: PoolOptions,
  ): Promise<M[K]['result']>;
  /** Ends all workers. */
  end(): void;
}

interface Waiting<M extends { [K in keyof M]: Method }> {
  first: boolean;
  start(worker: WorkerClient<M>): Promise<void>;
}

/** @param spawn starts a worker, counted from 0; none is started before it is asked for something */
export function createWorkerPool<M extends { [K in keyof M]: Method }>(
  size: number,
  spawn: (index: number) => Worker,
): WorkerPool<M> {
  const all = Array.from({ length: size }, (_, index) => createWorkerClient<M>(() => spawn(index)));
  // The one that was free last is asked first: with little to do few are started.
  const idle = [...all].reverse();
  const waiting: Waiting<M>[] = [];

  const next = () => {
    while (idle.length > 0 && waiting.length > 0) {
      const first = waiting.findIndex((each) => each.first);
      const [task] = waiting.splice(Math.max(0, first), 1);
      const worker = idle.pop() as WorkerClient<M>;
      void task.start(worker).finally(() => {
        idle.push(worker);
        next();
      });
    }
  };

  return {
    size,
    call: (method, request, { signal, first = false } = {}) =>
      new Promise((resolve, reject) => {
        waiting.push({
          first,
          start: (worker) => worker.call(method, request, { signal }).then(resolve, reject),
        });
        next();
      }),
    end() {
      for (const worker of all) worker.end();
    },
  };
}
