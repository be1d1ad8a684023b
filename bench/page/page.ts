import { trainer } from '../../src/engine/engine-client';
import { spawnHelper } from '../../src/engine/spawn-helper';
import { createWorkerClient, type WorkerClient } from '../../src/rpc/worker-client';
import type { BenchMethods } from './methods';

declare global {
  interface Window {
    /** The engine without the product around it; called by the bench and by the memory test. */
    bench: WorkerClient<BenchMethods>['call'];
    /** The training worker; called by the tests of trainings on WebGPU. */
    training: typeof trainer.call;
  }
}

window.bench = createWorkerClient<BenchMethods>(
  () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  spawnHelper,
).call;

window.training = trainer.call;
