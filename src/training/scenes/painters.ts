import { canStartHelpers, startHelper } from '../../rpc/helper-workers';
import { createWorkerClient, type WorkerClient } from '../../rpc/worker-client';
import type { Batch } from '../data/dataset';
import { drawScenes } from './draw-scenes';
import type { SceneMethods } from './scene-methods';

/**
 * A scene takes milliseconds, a batch of them longer than the step that learns from it: they are drawn beside it, for the next step
 * while the present one is computed. Two keep up with a training on a processor; a GPU takes more.
 */
const MOST_PAINTERS = 4;

/** Started by the first batch; they end with the worker that started them. None outside of a browser. */
function createPainters(): () => WorkerClient<SceneMethods>[] {
  let painters: WorkerClient<SceneMethods>[] | null = null;
  return () => {
    if (painters) return painters;
    const count = canStartHelpers() ? Math.min(MOST_PAINTERS, navigator.hardwareConcurrency || 1) : 0;
    painters = Array.from({ length: count }, () =>
      createWorkerClient<SceneMethods>(() => startHelper('scenes')),
    );
    return painters;
  };
}

const startedPainters = createPainters();

/** The scenes of a world with these numbers, drawn by as many workers as there are. */
export async function paintScenes(world: number, indices: readonly number[], side: number): Promise<Batch> {
  const workers = startedPainters();
  if (workers.length === 0) return drawScenes(world, indices, side);
  const share = Math.ceil(indices.length / workers.length);
  const parts = workers
    .map((worker, i) => ({ worker, some: indices.slice(i * share, (i + 1) * share) }))
    .filter(({ some }) => some.length > 0);
  const drawn = await Promise.all(
    parts.map(({ worker, some }) =>
      // Where a worker does not start, or dies, the scenes are drawn all the same.
      worker.call('draw', { world, indices: some, side }).catch(() => drawScenes(world, some, side)),
    ),
  );
  const pixels = new Uint8Array(indices.length * side * side * 3);
  const labels = new Int32Array(indices.length);
  drawn.forEach((part, i) => {
    pixels.set(part.pixels, i * share * side * side * 3);
    labels.set(part.labels, i * share);
  });
  return { pixels, labels };
}
