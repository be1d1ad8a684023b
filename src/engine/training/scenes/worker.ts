import { serveThroughPort } from '../../serve';
import { drawScenes } from './draw';
import type { SceneMethods } from './protocol';

serveThroughPort<SceneMethods>({
  draw: async ({ world, indices, side }) => {
    const result = drawScenes(world, indices, side);
    return { result, transfer: [result.pixels.buffer as ArrayBuffer] };
  },
});
