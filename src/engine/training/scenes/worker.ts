import { serve } from '../../serve';
import { drawScenes } from './draw';
import type { SceneMethods } from './protocol';

serve<SceneMethods>({
  draw: async ({ world, indices, side }) => {
    const result = drawScenes(world, indices, side);
    return { result, transfer: [result.pixels.buffer as ArrayBuffer] };
  },
});
