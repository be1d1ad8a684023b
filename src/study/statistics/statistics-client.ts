import { createWorkerPool } from '../../rpc/worker-pool';
import type { StatisticsMethods } from './statistics-methods';

/** More than that would each wait for the same memory. */
const MOST_WORKERS = 4;

/** The statistics in workers of their own: ten thousand pictures resampled two thousand times would hold up the page. */
export const statistics = createWorkerPool<StatisticsMethods>(
  Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 1)),
  (index) =>
    new Worker(new URL('./statistics-worker.ts', import.meta.url), {
      type: 'module',
      name: `supersign statistics ${index + 1}`,
    }),
);
