import { seededRandom } from '../../semiotics';
import { inFours } from './fours';
import { withoutGaps } from './gaps';

/** Random regroupings behind every test. */
const testPermutations = 9999;

/**
 * Two-sided p of the hypothesis that two groups of pictures do not differ, for several series over the same pictures:
 * the share of random regroupings whose difference of means is at least as large, the one observed counted with them.
 * `first[i]` tells whether picture i is of the first group. Missing values are NaN; NaN where a group has none at all.
 */
export function groupPermutationTests(
  series: readonly Float64Array[],
  first: ArrayLike<boolean>,
  { permutations = testPermutations, seed = 1 }: { permutations?: number; seed?: number } = {},
): number[] {
  const pictures = first.length;
  const order = Uint32Array.from({ length: pictures }, (_, i) => i);
  // Whichever is smaller is drawn: the other is what is left.
  const ofFirst = order.filter((i) => first[i]);
  const ofSecond = order.filter((i) => !first[i]);
  const smaller = ofFirst.length <= ofSecond.length ? ofFirst : ofSecond;
  const size = smaller.length;
  const { vectors, counts, masks } = withoutGaps(series);
  const fours = inFours(vectors);
  const totals = vectors.map(total);
  const sums = new Float64Array(4 * fours.length);
  /** Absolute differences of means between a group and the others, a series each. */
  const differencesOf = (group: Uint32Array) => {
    fours.forEach((four, i) => {
      sumOfGroup(group, size, four, sums, 4 * i);
    });
    return counts.map((count, i) => {
      const mask = masks[i];
      const present = mask === null ? size : sums[mask];
      return Math.abs(sums[i] / present - (totals[i] - sums[i]) / (count - present));
    });
  };
  const observed = differencesOf(smaller);
  const asFar = series.map(() => 0);
  const random = seededRandom(seed);
  const words = new Uint32Array(size);
  for (let permutation = 0; permutation < permutations; permutation++) {
    random.fill(words);
    drawFirst(order, words);
    differencesOf(order).forEach((difference, c) => {
      if (difference >= observed[c] * (1 - 1e-12)) asFar[c] += 1;
    });
  }
  return asFar.map((times, c) => (Number.isNaN(observed[c]) ? Number.NaN : (times + 1) / (permutations + 1)));
}

/** Draws as many to the front of the order as there are words of 32 bits, by the beginning of a shuffle. */
function drawFirst(order: Uint32Array, words: Uint32Array): void {
  for (let i = 0; i < words.length; i++) {
    const j = i + (((words[i] * (order.length - i)) / 4294967296) >>> 0);
    const held = order[i];
    order[i] = order[j];
    order[j] = held;
  }
}

/** Sums of four series over the first `size` pictures of `group`. */
function sumOfGroup(
  group: Uint32Array,
  size: number,
  four: Float64Array,
  sums: Float64Array,
  at: number,
): void {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < size; i++) {
    const j = group[i] << 2;
    a += four[j];
    b += four[j + 1];
    c += four[j + 2];
    d += four[j + 3];
  }
  [sums[at], sums[at + 1], sums[at + 2], sums[at + 3]] = [a, b, c, d];
}

const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
