import { createWorkerClient } from '../../engine/worker-client';
import type { StatisticsMethods } from './protocol';

/** The statistics in a worker of their own: ten thousand pictures resampled two thousand times would hold up the page. */
export const statistics = createWorkerClient<StatisticsMethods>(
  () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'supersign statistics' }),
);
