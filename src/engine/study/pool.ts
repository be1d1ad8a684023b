import { type CallOptions, createWorkerClient, type WorkerClient } from '../worker-client';
import type { StudyMethods } from './protocol';

/** Workers that decode and measure beside the engine. Decoding comes first: the engine waits for it. */
export interface StudyPool {
  readonly size: number;
  call<K extends keyof StudyMethods>(
    method: K,
    request: StudyMethods[K]['request'],
    options?: Pick<CallOptions<never>, 'signal'>,
  ): Promise<StudyMethods[K]['result']>;
  /** Ends all workers. */
  end(): void;
}

interface Waiting {
  first: boolean;
  start(worker: WorkerClient<StudyMethods>): Promise<void>;
}

/** As many as the machine has cores: while the engine waits for a GPU, or for the workers, all of them measure. */
const MOST_WORKERS = 16;
export const poolSize = () => Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 1);

export function createStudyPool(size = poolSize()): StudyPool {
  const idle = Array.from({ length: size }, (_, index) =>
    createWorkerClient<StudyMethods>(
      () =>
        new Worker(new URL('./worker.ts', import.meta.url), {
          type: 'module',
          name: `supersign study ${index + 1}`,
        }),
    ),
  );
  const all = [...idle];
  const waiting: Waiting[] = [];

  const next = () => {
    while (idle.length > 0 && waiting.length > 0) {
      const first = waiting.findIndex((each) => each.first);
      const [task] = waiting.splice(Math.max(0, first), 1);
      const worker = idle.pop() as WorkerClient<StudyMethods>;
      void task.start(worker).finally(() => {
        idle.push(worker);
        next();
      });
    }
  };

  return {
    size,
    call: (method, request, options) =>
      new Promise((resolve, reject) => {
        waiting.push({
          first: method === 'decode',
          start: (worker) => worker.call(method, request, options).then(resolve, reject),
        });
        next();
      }),
    end() {
      for (const worker of all) worker.end();
    },
  };
}
