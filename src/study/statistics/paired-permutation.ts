import { seededRandom } from '../../semiotics';

export interface PermutationOptions {
  permutations?: number;
  seed?: number;
}

/** Bytes of the flips that are held at a time. */
const BLOCK_BYTES = 1 << 20;

/** Random permutations behind every test, unless said otherwise. */
export const testPermutations = 9999;

/**
 * Two-sided p of the hypothesis that differences are as likely one way as the other, for several series over the same
 * pictures: the share of sign flips (Fisher 1935) whose mean is at least as far from zero. A flip is one of a whole
 * picture, over all series. All flips are tried where they are no more than `permutations`, so that p is exact; else
 * that many are drawn and the one observed is counted with them, so that p is never 0. Missing differences are NaN.
 */
export function pairedPermutationTests(
  series: readonly Float64Array[],
  { permutations = testPermutations, seed = 1 }: PermutationOptions = {},
): number[] {
  const pictures = series[0]?.length ?? 0;
  if (pictures === 0) return series.map(() => 1);
  // A missing difference adds nothing whichever way it is flipped.
  const columns = series.map((values) => values.map((value) => (Number.isNaN(value) ? 0 : value)));
  const observed = columns.map((values) => Math.abs(values.reduce((sum, value) => sum + value, 0)));
  // Sums of the same numbers in another order differ in their last digits.
  const reached = columns.map(
    (values, i) => observed[i] - 1e-12 * values.reduce((sum, value) => sum + Math.abs(value), 0),
  );
  const asFar = columns.map(() => 0);
  const tables = columns.map(flippedSums);
  const bytes = Math.ceil(pictures / 32) * 4;
  /** Counts among so many permutations, each of `bytes` bytes with a bit for every picture. */
  const count = (flips: Uint8Array, among: number) => {
    tables.forEach((table, column) => {
      for (let at = 0; at < among * bytes; at += bytes) {
        let [even, odd] = [0, 0];
        for (let k = 0; k < bytes; k++) {
          const byte = flips[at + k];
          even += table[(k << 5) | (byte & 15)];
          odd += table[(k << 5) | 16 | (byte >> 4)];
        }
        if (Math.abs(even + odd) >= reached[column]) asFar[column] += 1;
      }
    });
  };
  if (2 ** pictures <= permutations) {
    count(
      new Uint8Array(Uint32Array.from({ length: 2 ** pictures }, (_, flips) => flips).buffer),
      2 ** pictures,
    );
    return asFar.map((times) => times / 2 ** pictures);
  }
  const random = seededRandom(seed);
  // As many at a time as the cache holds.
  const block = Math.max(1, Math.floor(BLOCK_BYTES / bytes));
  for (let first = 0; first < permutations; first += block) {
    const among = Math.min(block, permutations - first);
    const words = new Uint32Array((among * bytes) / 4);
    for (let i = 0; i < words.length; i++) words[i] = random.below(2 ** 32);
    count(new Uint8Array(words.buffer), among);
  }
  return asFar.map((times) => (times + 1) / (permutations + 1));
}

/**
 * For every four pictures the sums of their differences by all 16 ways to flip them: a permutation is then a look-up for four
 * pictures, not a sum. Row k, entry b: bit i of b flips picture 4 k + i. Filled up with zeros to whole words of pictures.
 */
function flippedSums(values: Float64Array): Float64Array {
  const table = new Float64Array(Math.ceil(values.length / 32) * 8 * 16);
  for (let at = 0; at < table.length; at += 16) {
    const first = at / 4;
    for (let i = 0; i < 4; i++) table[at] += values[first + i] ?? 0;
    for (let flips = 1; flips < 16; flips++) {
      const bit = 31 - Math.clz32(flips);
      table[at + flips] = table[at + (flips ^ (1 << bit))] - 2 * (values[first + bit] ?? 0);
    }
  }
  return table;
}
