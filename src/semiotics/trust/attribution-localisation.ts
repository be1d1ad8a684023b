import { areaOf, assertSameSize, type RegionMask } from './region-mask';

/**
 * Attribution localisation (Kohlbrenner et al. 2020): positive mass inside the mask over all positive mass, weighted by
 * what share of the picture the mask takes: `(inside / total) * (picture / mask)`, 1 where mass lies as if it were spread
 * evenly. Null where the mask is empty or the map has no positive mass.
 */
export function attributionLocalisation(map: Float32Array, mask: RegionMask): number | null {
  assertSameSize(map, mask);
  const area = areaOf(mask);
  let [inside, total] = [0, 0];
  for (let i = 0; i < map.length; i++) {
    const positive = Math.max(0, map[i]);
    total += positive;
    if (mask[i] !== 0) inside += positive;
  }
  return total === 0 || area === 0 ? null : (inside / total) * (map.length / area);
}
