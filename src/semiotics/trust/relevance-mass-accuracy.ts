import { areaOf, assertSameSize, type RegionMask } from './region-mask';

/**
 * Relevance mass accuracy (Arras, Osman and Samek 2022): the share of the map's mass that lies inside the mask. Null
 * where the mask is empty or the map has no mass.
 */
export function relevanceMassAccuracy(map: Float32Array, mask: RegionMask): number | null {
  assertSameSize(map, mask);
  let [inside, total] = [0, 0];
  for (let i = 0; i < map.length; i++) {
    total += Math.abs(map[i]);
    if (mask[i] !== 0) inside += Math.abs(map[i]);
  }
  return total === 0 || areaOf(mask) === 0 ? null : inside / total;
}
