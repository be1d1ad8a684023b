import { areaOf, assertSameSize, type RegionMask } from './region-mask';

/**
 * Pointing game (Zhang et al. 2018): whether the highest pixel of the map lies inside the mask, 0 or 1. Of several equal
 * highest pixels one is drawn, and this is the share of them inside: a constant map scores what chance does. Null where the mask
 * is empty or the map is zero everywhere and points nowhere.
 */
export function pointingGame(map: Float32Array, mask: RegionMask): number | null {
  assertSameSize(map, mask);
  let most = 0;
  let [count, inside] = [0, 0];
  for (let i = 0; i < map.length; i++) {
    if (map[i] < most || map[i] === 0) continue;
    if (map[i] > most) {
      most = map[i];
      [count, inside] = [0, 0];
    }
    count += 1;
    if (mask[i] !== 0) inside += 1;
  }
  return count === 0 || areaOf(mask) === 0 ? null : inside / count;
}
