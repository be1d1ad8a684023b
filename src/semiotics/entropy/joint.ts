import { entropyFromSum, entropyOfCounts, nLog2n, zeroCounts } from './histogram';
import type { LevelMap } from './level-map';
import { countPairs, type Displacement, listPairs } from './pairs';

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

/** Room that is kept between calls: a null model asks for thousands of maps of one size. The counts are all 0 between two of them. */
function createRooms() {
  let listed = new Uint32Array(0);
  let counts = new Uint32Array(0);
  return (pairs: number, kinds: number) => {
    if (listed.length < pairs) listed = new Uint32Array(pairs);
    if (counts.length < kinds) counts = new Uint32Array(kinds);
    return { listed, counts };
  };
}

const roomFor = createRooms();

/** The same where there are many more kinds of pairs than pairs: those that occur are listed, and no others looked at. */
function entropyOfFew(map: LevelMap, displacement: Displacement, torus: boolean): number | null {
  const { listed, counts } = roomFor(map.width * map.height, map.count * map.count);
  const total = listPairs(map, displacement, listed, torus);
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
