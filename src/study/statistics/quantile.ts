/** Ascending copy. */
export const sorted = (values: ArrayLike<number>): Float64Array => Float64Array.from(values).sort();

/**
 * The value below which a share `q` (0 .. 1) of ascending values lies, linear between neighbours (Hyndman and Fan's
 * seventh definition, the default of NumPy and R); NaN of nothing.
 */
export function quantileOfSorted(ascending: ArrayLike<number>, q: number): number {
  if (ascending.length === 0) return Number.NaN;
  const at = q * (ascending.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, ascending.length - 1);
  return ascending[below] + (at - below) * (ascending[above] - ascending[below]);
}
