import { seededRandom } from '../../semiotics';
import { type PermutationOptions, testPermutations } from './paired-permutation';

/**
 * Two-sided p of the hypothesis that two groups of pictures do not differ, for several series over the same pictures:
 * the share of random regroupings whose difference of means is at least as large, the one observed counted with them.
 * `first[i]` tells whether picture i is of the first group. Missing values are NaN; NaN where a group has none at all.
 */
export function groupPermutationTests(
  series: readonly Float64Array[],
  first: ArrayLike<boolean>,
  { permutations = testPermutations, seed = 1 }: PermutationOptions = {},
): number[] {
  const pictures = first.length;
  const order = Uint32Array.from({ length: pictures }, (_, i) => i);
  // Whichever is smaller is drawn: the other is what is left.
  const ofFirst = order.filter((i) => first[i]);
  const ofSecond = order.filter((i) => !first[i]);
  const smaller = ofFirst.length <= ofSecond.length ? ofFirst : ofSecond;
  const size = smaller.length;
  const columns = series.map((values) => {
    const count = values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0);
    const there = count < pictures ? values.map((value) => (Number.isNaN(value) ? 0 : 1)) : null;
    const filled = values.map((value) => (Number.isNaN(value) ? 0 : value));
    return { filled, there, sum: total(filled), count };
  });
  const differenceOf = ({ filled, there, sum, count }: (typeof columns)[number], group: Uint32Array) => {
    let own = 0;
    for (let i = 0; i < size; i++) own += filled[group[i]];
    let present = size;
    if (there) {
      present = 0;
      for (let i = 0; i < size; i++) present += there[group[i]];
    }
    return Math.abs(own / present - (sum - own) / (count - present));
  };
  const observed = columns.map((column) => differenceOf(column, smaller));
  const asFar = columns.map(() => 0);
  const random = seededRandom(seed);
  for (let permutation = 0; permutation < permutations; permutation++) {
    for (let i = 0; i < size; i++) {
      const j = i + random.below(pictures - i);
      const held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    columns.forEach((column, c) => {
      if (differenceOf(column, order) >= observed[c] * (1 - 1e-12)) asFar[c] += 1;
    });
  }
  return asFar.map((times, c) => (Number.isNaN(observed[c]) ? Number.NaN : (times + 1) / (permutations + 1)));
}

const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
