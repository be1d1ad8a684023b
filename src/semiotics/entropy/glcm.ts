import { zeroCounts } from './histogram';
import { symmetricEntropy } from './joint';
import type { LevelMap } from './level-map';
import { axes, countPairs } from './pairs';

/**
 * Entropy in bits of the symmetric grey-level co-occurrence matrix at distance 1, mean over 0, 45, 90 and 135 degrees
 * (Haralick, Shanmugam and Dinstein 1973, feature f9); equal to scikit-image's `graycoprops(..., 'entropy')` but for the
 * unit. Angles along which the map has no pair do not enter the mean.
 */
export function glcm(map: LevelMap): number {
  const { count } = map;
  let sum = 0;
  let angles = 0;
  for (const axis of axes(8)) {
    const counts = zeroCounts(count * count);
    const pairs = countPairs(map, axis, counts);
    if (pairs === 0) continue;
    sum += symmetricEntropy(counts, count, pairs);
    angles++;
  }
  return angles > 0 ? sum / angles : 0;
}
