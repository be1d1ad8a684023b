import { seededRandom } from '../../semiotics';
import { inFours } from './fours';

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
  const tables = inFours(columns).map(flippedSums);
  const bytes = Math.ceil(pictures / 32) * 4;
  const sums = new Float64Array(4);
  /** Counts among so many permutations, each of `bytes` bytes with a bit for every picture. */
  const count = (flips: Uint8Array, among: number) => {
    tables.forEach((table, four) => {
      const own = Math.min(4, columns.length - 4 * four);
      for (let at = 0; at < among * bytes; at += bytes) {
        sumFlipped(flips, at, bytes, table, sums);
        for (let k = 0; k < own; k++) {
          if (Math.abs(sums[k]) >= reached[4 * four + k]) asFar[4 * four + k] += 1;
        }
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
    random.fill(words);
    count(new Uint8Array(words.buffer), among);
  }
  return asFar.map((times) => (times + 1) / (permutations + 1));
}

/** The sums of four series whose pictures are flipped by the bits from `at` on, by way of the table. */
function sumFlipped(
  flips: Uint8Array,
  at: number,
  bytes: number,
  table: Float64Array,
  sums: Float64Array,
): void {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let k = 0; k < bytes; k++) {
    const byte = flips[at + k];
    const even = ((k << 5) | (byte & 15)) << 2;
    const odd = ((k << 5) | 16 | (byte >> 4)) << 2;
    a += table[even] + table[odd];
    b += table[even + 1] + table[odd + 1];
    c += table[even + 2] + table[odd + 2];
    d += table[even + 3] + table[odd + 3];
  }
  [sums[0], sums[1], sums[2], sums[3]] = [a, b, c, d];
}

/**
 * For every four pictures the sums of their differences by all 16 ways to flip them, of four series side by side (`inFours`): a
 * permutation is then a look-up for four pictures, not a sum. Entry 16 k + b: bit i of b flips picture 4 k + i. Filled up with
 * zeros to whole words of pictures.
 */
function flippedSums(four: Float64Array): Float64Array {
  const pictures = four.length / 4;
  const table = new Float64Array(Math.ceil(pictures / 32) * 8 * 16 * 4);
  for (let series = 0; series < 4; series++) {
    const differenceOf = (picture: number) => four[4 * picture + series] ?? 0;
    for (let first = 0; first < pictures; first += 4) {
      const at = 16 * first + series;
      for (let i = 0; i < 4; i++) table[at] += differenceOf(first + i);
      for (let flips = 1; flips < 16; flips++) {
        const bit = 31 - Math.clz32(flips);
        table[at + 4 * flips] = table[at + 4 * (flips ^ (1 << bit))] - 2 * differenceOf(first + bit);
      }
    }
  }
  return table;
}
