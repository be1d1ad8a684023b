/**
 * Entropy in bits of the histogram of a map's values, in bins of equal width from its lowest to its highest: the complexity
 * that efficient MPRT compares (Hedström et al. 2024). The last bin holds its upper edge, as in NumPy. 0 for a constant map.
 */
export function histogramEntropy(map: Float32Array, bins = 100): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of map) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(high > low)) return 0;
  const counts = new Float64Array(bins);
  const scale = bins / (high - low);
  for (const value of map) counts[Math.min(bins - 1, Math.floor((value - low) * scale))] += 1;
  let entropy = 0;
  for (const count of counts) {
    if (count > 0) entropy -= (count / map.length) * Math.log2(count / map.length);
  }
  return entropy;
}
