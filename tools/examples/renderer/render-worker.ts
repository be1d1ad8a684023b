import { workerData } from 'node:worker_threads';
import { EXAMPLES } from '../scenes';
import { type Film, traceRows } from './path-tracer';

/** What a worker shares with the others: the film they expose together and the counter of rows given out. */
export interface RenderJob {
  id: string;
  film: Film;
  nextRow: Int32Array;
  sampleShare: number;
}

const { id, film, nextRow, sampleShare } = workerData as RenderJob;
const scene = EXAMPLES.find((example) => example.id === id)!.scene();
scene.samples = Math.max(2, Math.round(scene.samples * sampleShare));
const next = () => {
  const row = Atomics.add(nextRow, 0, 1);
  return row < film.height ? row : undefined;
};
traceRows(scene, film.width, film.height, { next }, film);
