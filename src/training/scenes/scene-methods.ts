import type { Batch } from '../data/dataset';

/** What a worker that draws scenes can be asked. */
export interface SceneMethods {
  draw: { request: { world: number; indices: number[]; side: number }; result: Batch; progress: never };
}
