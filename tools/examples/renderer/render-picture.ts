import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Example } from '../scenes';
import { denoise } from './denoise';
import { develop } from './develop';
import type { Film } from './path-tracer';
import type { RenderJob } from './render-worker';

const shared = (length: number) => new Float32Array(new SharedArrayBuffer(length * 4));

/** Worker threads do not inherit tsx's loader: each has to register it before it can import TypeScript. */
const bootstrap = `
  import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))})
    .then(({ register }) => { register(); return import(${JSON.stringify(new URL('./render-worker.ts', import.meta.url).href)}); })
    .catch((error) => setImmediate(() => { throw error; }));`;

/** Renders an example to 8-bit RGB pixels, on all cores; the result does not depend on their number. */
export async function renderPicture(example: Example, size: number, sampleShare = 1): Promise<Uint8Array> {
  const n = size * size;
  const film: Film = {
    width: size,
    height: size,
    light: shared(n * 3),
    albedo: shared(n * 3),
    normal: shared(n * 3),
    variance: shared(n),
    albedoVariance: shared(n),
  };
  const job: RenderJob = {
    id: example.id,
    film,
    nextRow: new Int32Array(new SharedArrayBuffer(4)),
    sampleShare,
  };
  const worker = () =>
    new Promise<void>((resolve, reject) => {
      new Worker(bootstrap, { eval: true, workerData: job })
        .once('error', reject)
        .once('exit', () => resolve());
    });
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return develop(denoise(film), size, size, example.scene().development);
}
