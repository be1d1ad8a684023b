import { type NullModel, nullModelOf, type ShuffleOptions, shuffledMaps } from '../null-model';
import { countSigns } from './count-signs';
import type { SignOptions } from './find-signs';

/** How the null model of a number of signs is made. */
export type NullSignsOptions = SignOptions & ShuffleOptions;

/**
 * How many signs the map would have if its pixels lay anywhere: shuffled at its own resolution, resized to the
 * grid, and counted, 32 times unless asked otherwise. Fewer signs on a smaller map are no finding by themselves.
 *
 * @param map height x width at the layer's own resolution, row-major
 */
export function nullSigns(
  map: Float32Array,
  width: number,
  height: number,
  options: NullSignsOptions = {},
): NullModel {
  const counts: number[] = [];
  for (const shuffled of shuffledMaps(map, width, height, options)) {
    counts.push(countSigns(shuffled.map, shuffled.width, shuffled.height, options));
  }
  return nullModelOf(Float64Array.from(counts));
}
