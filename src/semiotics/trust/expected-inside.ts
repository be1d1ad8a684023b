import type { RegionMask } from './region-mask';

/**
 * How many of the `count` highest pixels of a map lie inside a mask. Where equal values straddle the last place, their
 * places are given out at random, and this is the mean: the order of reading favours no pixel.
 */
export function expectedInside(map: Float32Array, mask: RegionMask, count: number): number {
  if (count >= map.length) return mask.reduce((area, inside) => area + (inside !== 0 ? 1 : 0), 0);
  const threshold = Float32Array.from(map).sort()[map.length - count];
  let [above, aboveInside, equal, equalInside] = [0, 0, 0, 0];
  for (let i = 0; i < map.length; i++) {
    if (map[i] < threshold) continue;
    const inside = mask[i] !== 0 ? 1 : 0;
    if (map[i] > threshold) {
      above += 1;
      aboveInside += inside;
    } else {
      equal += 1;
      equalInside += inside;
    }
  }
  return aboveInside + ((count - above) * equalInside) / equal;
}
