import type { EntropyMeasure } from './entropy/measures';
import type { MapData } from './map-data';
import { seededRandom } from './random';

/** Pixels a side of the layers of a network that halves its maps four times. */
export const noiseSides = [112, 56, 28, 14, 7] as const;

/** Independent uniform noise in [0, 1), one map a size: no pixel knows anything of another. */
export function noiseMaps(seed: number): MapData[] {
  const random = seededRandom(seed);
  return noiseSides.map((side) => ({
    width: side,
    height: side,
    values: Float32Array.from({ length: side * side }, () => random.next()),
  }));
}

/** AME of such noise at its own size, N4: means over many maps by an independent implementation in NumPy. */
const published: Record<number, readonly number[]> = {
  256: [0.681, 0.454, 0.234, 0.078, -0.006],
  16: [0.997, 0.987, 0.94, 0.747, 0.394],
};

/** What noise is known to measure at each size; null where nobody has worked it out. */
export function publishedNoise(
  measure: EntropyMeasure,
  levels: number,
  grid: 'native' | 'input',
): readonly number[] | null {
  return measure === 'aura-matrix' && grid === 'native' ? (published[levels] ?? null) : null;
}
