import { expectedInside } from './expected-inside';
import { areaOf, assertSameSize, type RegionMask } from './region-mask';

/** Share of the picture that the highest pixels are taken from: 1,000 of 224 x 224, as in the paper. */
const SHARE = 1000 / 224 ** 2;

/**
 * Top-k intersection (Theiner, Müller-Budack and Ewerth 2021): the share of the k highest pixels of the map that lies inside the mask.
 * Equal values share their places. Null where the mask is empty or the map is zero everywhere.
 * @param k left out, 1,000 pixels on a grid of 224 x 224, and the same share of any other
 */
export function topKIntersection(
  map: Float32Array,
  mask: RegionMask,
  k = Math.max(1, Math.round(SHARE * map.length)),
): number | null {
  assertSameSize(map, mask);
  if (areaOf(mask) === 0 || map.every((value) => value === 0)) return null;
  const count = Math.min(k, map.length);
  return expectedInside(map, mask, count) / count;
}
