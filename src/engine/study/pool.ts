import type { CallOptions } from '../../rpc/worker-client';
import { createWorkerPool } from '../../rpc/worker-pool';
import type { StudyMethods } from './study-methods';

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

/** As many as the machine has cores: while the engine waits for a GPU, or for the workers, all of them measure. */
const MOST_WORKERS = 16;
export const poolSize = () => Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 1);

export function createStudyPool(size = poolSize()): StudyPool {
  const pool = createWorkerPool<StudyMethods>(
    size,
    (index) =>
      new Worker(new URL('./study-worker.ts', import.meta.url), {
        type: 'module',
        name: `supersign study ${index + 1}`,
      }),
  );
  return {
    size,
    call: (method, request, options) =>
      pool.call(method, request, { ...options, first: method === 'decode' }),
    end: pool.end,
  };
}
