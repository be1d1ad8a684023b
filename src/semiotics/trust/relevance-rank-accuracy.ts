import { expectedInside } from './expected-inside';
import { areaOf, assertSameSize, type RegionMask } from './region-mask';

/**
 * Relevance rank accuracy (Arras, Osman and Samek 2022): of the K highest pixels of the map, K being the mask's area, the share
 * that lies inside it. Equal values share their places. Null where the mask is empty or the map is zero everywhere.
 */
export function relevanceRankAccuracy(map: Float32Array, mask: RegionMask): number | null {
  assertSameSize(map, mask);
  const area = areaOf(mask);
  if (area === 0 || map.every((value) => value === 0)) return null;
  return expectedInside(map, mask, area) / area;
}
