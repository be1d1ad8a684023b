import { pictograph } from '../../pictographs';
import type { Batch } from '../data/dataset';

/** The scenes of a world with these numbers, one after the other. */
export function drawScenes(world: number, indices: readonly number[], side: number): Batch {
  const size = side * side * 3;
  const pixels = new Uint8Array(indices.length * size);
  const labels = Int32Array.from(indices, (index, place) => {
    const { rgba, label } = pictograph({ seed: world, index, side });
    for (let i = 0, at = place * size; i < rgba.length; i += 4) {
      pixels[at++] = rgba[i];
      pixels[at++] = rgba[i + 1];
      pixels[at++] = rgba[i + 2];
    }
    return label;
  });
  return { pixels, labels };
}
