import { entropyFromSum, entropyOfCounts, keptCounts, nLog2n, zeroCounts } from './histogram';
import type { LevelMap } from './level-map';
import { countPairs, type Displacement } from './pairs';

/**
 * Joint entropy in bits of the ordered pairs (s, s + displacement) of the map; `null` where the map holds no such
 * pair (a single row has no pair above each other).
 */
export function orderedPairEntropy(map: LevelMap, displacement: Displacement, torus = false): number | null {
  const cells = map.count * map.count;
  if (cells > 2 * map.width * map.height) return entropyOfFew(map, displacement, torus);
  const counts = zeroCounts(cells);
  const total = countPairs(map, displacement, counts, torus);
  return total === 0 ? null : entropyOfCounts(counts, cells, total);
}

/** The same where there are many more kinds of pairs than pairs: those that occur are listed, and no others looked at. */
function entropyOfFew(map: LevelMap, displacement: Displacement, torus: boolean): number | null {
  const listed = keptCounts(map.width * map.height, 3);
  // Left as it was found: all 0.
  const counts = keptCounts(map.count * map.count, 4);
  const total = countPairs(map, displacement, counts, torus, listed);
  if (total === 0) return null;
  let kinds = 0;
  for (let k = 0; k < total; k++) {
    const cell = listed[k];
    // The list of kinds never overtakes that of pairs.
    listed[kinds] = cell;
    kinds += counts[cell]++ === 0 ? 1 : 0;
  }
  let sum = 0;
  for (let k = 0; k < kinds; k++) {
    sum += nLog2n(counts[listed[k]]);
    counts[listed[k]] = 0;
  }
  return entropyFromSum(total, sum);
}

/** Entropy in bits of counted pairs, (a, b) and (b, a) as one class or, read both ways, as two. */
function entropyOfBoth(counts: Uint32Array, levels: number, total: number, ways: 1 | 2): number {
  let sum = 0;
  for (let a = 0; a < levels; a++) {
    const row = a * levels;
    sum += nLog2n(ways * counts[row + a]);
    for (let b = a + 1; b < levels; b++) sum += ways * nLog2n(counts[row + b] + counts[b * levels + a]);
  }
  return entropyFromSum(ways * total, sum);
}

/**
 * Joint entropy in bits of counted pairs read both ways: every pair (a, b) is there as (b, a) too, so the matrix is
 * symmetric and holds twice `total`.
 */
export const symmetricEntropy = (counts: Uint32Array, levels: number, total: number): number =>
  entropyOfBoth(counts, levels, total, 2);

/** Entropy in bits of counted pairs whose order is forgotten: (a, b) and (b, a) are one class. */
export const unorderedEntropy = (counts: Uint32Array, levels: number, total: number): number =>
  entropyOfBoth(counts, levels, total, 1);
