import { seededRandom } from '../../semiotics';

export interface PermutationOptions {
  permutations?: number;
  seed?: number;
}

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
  // A missing difference adds nothing whichever way it is flipped.
  const columns = series.map((values) => values.map((value) => (Number.isNaN(value) ? 0 : value)));
  const observed = columns.map((values) => Math.abs(values.reduce((sum, value) => sum + value, 0)));
  // Sums of the same numbers in another order differ in their last digits.
  const reached = columns.map(
    (values, i) => observed[i] - 1e-12 * values.reduce((sum, value) => sum + Math.abs(value), 0),
  );
  const asFar = columns.map(() => 0);
  const signs = new Float64Array(pictures);
  const count = () => {
    columns.forEach((values, column) => {
      let sum = 0;
      for (let i = 0; i < pictures; i++) sum += signs[i] * values[i];
      if (Math.abs(sum) >= reached[column]) asFar[column] += 1;
    });
  };
  if (2 ** pictures <= permutations) {
    for (let flips = 0; flips < 2 ** pictures; flips++) {
      for (let i = 0; i < pictures; i++) signs[i] = (flips >> i) & 1 ? -1 : 1;
      count();
    }
    return asFar.map((times) => times / 2 ** pictures);
  }
  const random = seededRandom(seed);
  for (let permutation = 0; permutation < permutations; permutation++) {
    for (let i = 0; i < pictures; ) {
      const word = random.below(2 ** 32);
      for (let bit = 0; bit < 32 && i < pictures; bit++, i++) signs[i] = (word >>> bit) & 1 ? -1 : 1;
    }
    count();
  }
  return asFar.map((times) => (times + 1) / (permutations + 1));
}
