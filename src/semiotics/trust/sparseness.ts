/**
 * Sparseness of a map: the Gini index of its absolute values (Chalasani et al. 2020, after Hurley and Rickard 2009),
 * `sum_k (2k - n - 1) v_k / (n sum v)` with `v` sorted from the smallest, k from 1. 0 for a constant map, `1 - 1/n` for a
 * single pixel; null where the map is zero everywhere and the index is 0/0.
 */
export function sparseness(map: Float32Array): number | null {
  const n = map.length;
  const sorted = new Float32Array(n);
  for (let k = 0; k < n; k++) sorted[k] = Math.abs(map[k]);
  sorted.sort();
  let sum = 0;
  let weighted = 0;
  for (let k = 0; k < n; k++) {
    sum += sorted[k];
    weighted += (2 * (k + 1) - n - 1) * sorted[k];
  }
  return sum > 0 ? weighted / (n * sum) : null;
}
