/**
 * Pearson's linear correlation of two equally long series, -1 to 1; null where either is constant or shorter than
 * two. Neighbouring values of a map depend on each other, so no significance can be read off it.
 */
export function linearCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  if (a.length !== b.length) {
    throw new RangeError(`Series of ${a.length} and of ${b.length} values cannot be correlated.`);
  }
  const [meanA, meanB] = [mean(a), mean(b)];
  let [both, squaresA, squaresB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] - meanA, b[i] - meanB];
    both += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  const size = Math.sqrt(squaresA) * Math.sqrt(squaresB);
  if (isConstant(a) || isConstant(b) || size === 0) return null;
  return Math.max(-1, Math.min(1, both / size));
}

/**
 * Spearman's rank correlation: the linear correlation of the ranks, equal values sharing their mean rank. Maps behind
 * a ReLU have many equal values, all its zeros.
 */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  return linearCorrelation(meanRanks(a), meanRanks(b));
}

/** Rank of every value from 0, equal values at the mean of the ranks they take up. */
export function meanRanks(values: ArrayLike<number>): Float64Array {
  const order = Float64Array.from(values).sort();
  const ranks = new Map<number, number>();
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end + 1 < order.length && order[end + 1] === order[start]) end += 1;
    ranks.set(order[start], (start + end) / 2);
    start = end + 1;
  }
  return Float64Array.from(values, (value) => ranks.get(value) as number);
}

// By comparison: the mean of equal numbers need not be exactly that number, and what is left over would be noise.
function isConstant(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}
