import { entropyFromSum, entropyOfCounts, nLog2n, zeroCounts } from './histogram';
import type { LevelMap } from './level-map';
import { countPairs, type Displacement } from './pairs';

/**
 * Joint entropy in bits of the ordered pairs (s, s + displacement) of the map; `null` where the map holds no such
 * pair (a single row has no pair above each other).
 */
export function orderedPairEntropy(map: LevelMap, displacement: Displacement, torus = false): number | null {
  const cells = map.count * map.count;
  const counts = zeroCounts(cells);
  const total = countPairs(map, displacement, counts, torus);
  return total === 0 ? null : entropyOfCounts(counts, cells, total);
}

/**
 * Joint entropy in bits of counted pairs read both ways: every pair (a, b) is there as (b, a) too, so the matrix is
 * symmetric and holds twice `total`.
 */
export function symmetricEntropy(counts: Uint32Array, levels: number, total: number): number {
  let sum = 0;
  for (let a = 0; a < levels; a++) {
    const row = a * levels;
    sum += nLog2n(2 * counts[row + a]);
    for (let b = a + 1; b < levels; b++) sum += 2 * nLog2n(counts[row + b] + counts[b * levels + a]);
  }
  return entropyFromSum(2 * total, sum);
}

/** Entropy in bits of counted pairs whose order is forgotten: (a, b) and (b, a) are one class. */
export function unorderedEntropy(counts: Uint32Array, levels: number, total: number): number {
  let sum = 0;
  for (let a = 0; a < levels; a++) {
    const row = a * levels;
    sum += nLog2n(counts[row + a]);
    for (let b = a + 1; b < levels; b++) sum += nLog2n(counts[row + b] + counts[b * levels + a]);
  }
  return entropyFromSum(total, sum);
}
