import { zeroCounts } from './histogram';
import { unorderedEntropy } from './joint';
import type { LevelMap } from './level-map';
import { countPairs } from './pairs';
import { ring } from './ring';

/**
 * Entropy in bits of the levels of all pixel pairs no further apart than `distance` pixels (Euclidean), the order
 * within a pair forgotten (Leibovici 2009; Leibovici et al. 2014). Time grows with pixels times distance squared, not with pixels squared.
 */
export function leibovici(map: LevelMap, distance: number): number {
  const { count } = map;
  const counts = zeroCounts(count * count);
  let pairs = 0;
  for (const displacement of ring(0, distance)) pairs += countPairs(map, displacement, counts);
  return unorderedEntropy(counts, count, pairs);
}
