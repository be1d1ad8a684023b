import { createWorkerClient } from '../rpc/worker-client';
import type { MeasureMethods } from './measure/measure-methods';
import type { EngineMethods } from './methods';
import { spawnHelper } from './spawn-helper';
import type { TrainingWorkerMethods } from './training-worker-methods';

/** TensorFlow.js: decodes pictures, runs networks, computes saliency. */
export const engine = createWorkerClient<EngineMethods>(
  () =>
    new Worker(new URL('./engine-worker.ts', import.meta.url), { type: 'module', name: 'supersign engine' }),
  spawnHelper,
);

const measuringWorker = (name: string) => () =>
  new Worker(new URL('./measure/measure-worker.ts', import.meta.url), { type: 'module', name });

/** Entropies and their null models; a worker of its own, so that a long null model never delays a picture. */
export const measures = createWorkerClient<MeasureMethods>(measuringWorker('supersign measures'));

/** The demonstrations of the page about the method: nobody waits for them. Started when one is shown. */
export const demonstrations = createWorkerClient<MeasureMethods>(measuringWorker('supersign demonstrations'));

/** Signs, and their null models; apart from the entropies, so that neither waits for the other's shuffles. */
export const signFinder = createWorkerClient<MeasureMethods>(measuringWorker('supersign signs'));

/** Training; a worker with a backend of its own, so that a network can be explained while another one learns. */
export const trainer = createWorkerClient<TrainingWorkerMethods>(
  () =>
    new Worker(new URL('./training-worker.ts', import.meta.url), {
      type: 'module',
      name: 'supersign training',
    }),
  spawnHelper,
);
