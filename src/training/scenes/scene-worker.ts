import { serveThroughPort } from '../../rpc/serve';
import { drawScenes } from './draw-scenes';
import type { SceneMethods } from './scene-methods';

serveThroughPort<SceneMethods>({
  draw: async ({ world, indices, side }) => {
    const result = drawScenes(world, indices, side);
    return { result, transfer: [result.pixels.buffer as ArrayBuffer] };
  },
});
