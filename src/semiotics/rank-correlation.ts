import { assertSize } from './errors';

/**
 * Spearman's rank correlation of two maps of one size, -1 .. 1: Pearson's correlation of their ranks, equal values sharing
 * the mean of their ranks. null where one of the maps is constant, for then there are no ranks to compare.
 *
 * @throws MapError where the sizes differ
 */
export function rankCorrelation(a: Float32Array, b: Float32Array): number | null {
  assertSize(a.length, b.length, 1);
  const [ranksA, ranksB] = [ranksOf(a), ranksOf(b)];
  // The mean of the ranks 0 .. n - 1, ties or not.
  const mean = (a.length - 1) / 2;
  let [product, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < ranksA.length; i++) {
    const [x, y] = [ranksA[i] - mean, ranksB[i] - mean];
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  if (squareA === 0 || squareB === 0) return null;
  return product / Math.sqrt(squareA * squareB);
}

/** The rank of every value from 0, ties sharing their mean. */
function ranksOf(values: Float32Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((i, j) => values[i] - values[j]);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let k = start; k < end; k++) ranks[order[k]] = (start + end - 1) / 2;
    start = end;
  }
  return ranks;
}
