/** Side of the window; the constants of Wang et al. 2004. */
const SIDE = 7;
const K1 = 0.01;
const K2 = 0.03;

/**
 * Structural similarity of two maps (Wang et al. 2004), the mean over all whole windows of 7 x 7, with sample covariances
 * and the range of both maps together, as scikit-image computes it. 1 for equal maps; null for maps smaller than the
 * window, or where both are the same constant and there is no structure.
 */
export function structuralSimilarity(
  a: Float32Array,
  b: Float32Array,
  width: number,
  height: number,
): number | null {
  if (width < SIDE || height < SIDE) return null;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < a.length; i++) {
    low = Math.min(low, a[i], b[i]);
    high = Math.max(high, a[i], b[i]);
  }
  const range = high - low;
  if (!(range > 0)) return null;
  const [c1, c2] = [(K1 * range) ** 2, (K2 * range) ** 2];
  const sums = [
    windowSums(a, null, width, height),
    windowSums(b, null, width, height),
    windowSums(a, a, width, height),
    windowSums(b, b, width, height),
    windowSums(a, b, width, height),
  ];
  const count = SIDE * SIDE;
  const unbiased = count / (count - 1);
  const windows = sums[0].length;
  let total = 0;
  for (let i = 0; i < windows; i++) {
    const [meanA, meanB] = [sums[0][i] / count, sums[1][i] / count];
    const varianceA = unbiased * (sums[2][i] / count - meanA * meanA);
    const varianceB = unbiased * (sums[3][i] / count - meanB * meanB);
    const covariance = unbiased * (sums[4][i] / count - meanA * meanB);
    total +=
      ((2 * meanA * meanB + c1) * (2 * covariance + c2)) /
      ((meanA * meanA + meanB * meanB + c1) * (varianceA + varianceB + c2));
  }
  return total / windows;
}

/** Sums of a map, or of its products with another one, over all whole windows, (height - 6) x (width - 6). */
function windowSums(a: Float32Array, b: Float32Array | null, width: number, height: number): Float64Array {
  const [columns, rows] = [width - SIDE + 1, height - SIDE + 1];
  const values = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) values[i] = b ? a[i] * b[i] : a[i];
  const wide = new Float64Array(columns * height);
  for (let y = 0; y < height; y++) {
    const [from, to] = [y * width, y * columns];
    for (let x = 0; x < columns; x++) wide[to + x] = sevenFrom(values, from + x, 1);
  }
  const sums = new Float64Array(columns * rows);
  for (let i = 0; i < sums.length; i++) sums[i] = sevenFrom(wide, i, columns);
  return sums;
}

/** Sum of SIDE values, so far apart; written out, for a loop takes longer. */
const sevenFrom = (x: Float64Array, i: number, apart: number): number =>
  x[i] +
  x[i + apart] +
  x[i + 2 * apart] +
  x[i + 3 * apart] +
  x[i + 4 * apart] +
  x[i + 5 * apart] +
  x[i + 6 * apart];
