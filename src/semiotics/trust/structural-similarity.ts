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
    (i: number) => a[i],
    (i: number) => b[i],
    (i: number) => a[i] * a[i],
    (i: number) => b[i] * b[i],
    (i: number) => a[i] * b[i],
  ].map((value) => windowSums(value, width, height));
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

/** Sums over all whole windows, (height - 6) x (width - 6). */
function windowSums(value: (index: number) => number, width: number, height: number): Float64Array {
  const [columns, rows] = [width - SIDE + 1, height - SIDE + 1];
  const wide = new Float64Array(columns * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < columns; x++) {
      let sum = 0;
      for (let k = 0; k < SIDE; k++) sum += value(y * width + x + k);
      wide[y * columns + x] = sum;
    }
  }
  const sums = new Float64Array(columns * rows);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      let sum = 0;
      for (let k = 0; k < SIDE; k++) sum += wide[(y + k) * columns + x];
      sums[y * columns + x] = sum;
    }
  }
  return sums;
}
