import { writeFileSync } from 'node:fs';
import { resizeBilinear, seededRandom } from '../../src/semiotics';

/** Sides of the maps of VGG-16's thirteen convolutions. */
const sides = [224, 224, 112, 112, 56, 56, 56, 28, 28, 28, 14, 14, 14];
const grid = 224;

export const mapCount = sides.length;
export const mapSide = grid;

/**
 * Writes thirteen maps of 224 x 224 as the measures see them, in float32, one behind the other: noise of a quarter of the
 * layer's size, smoothed to it, its lower half cut off, then resized to the grid.
 */
export function writeMaps(file: string): void {
  const all = new Float32Array(sides.length * grid * grid);
  sides.forEach((side, layer) => {
    const random = seededRandom(layer + 1);
    const coarse = Math.max(3, side >> 2);
    const noise = Float32Array.from({ length: coarse * coarse }, () => random.next());
    const map = resizeBilinear(noise, coarse, coarse, side, side).map((v) => Math.max(0, v - 0.5));
    all.set(resizeBilinear(map, side, side, grid, grid), layer * grid * grid);
  });
  writeFileSync(file, Buffer.from(all.buffer));
}
