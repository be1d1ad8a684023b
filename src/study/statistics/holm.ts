/**
 * p values of tests made together, corrected so that the chance of any false claim among them stays below the level
 * (Holm 1979). What was not tested (NaN) stays so and does not count.
 */
export function holm(p: readonly number[]): number[] {
  const order = p.map((_, i) => i).filter((i) => !Number.isNaN(p[i]));
  order.sort((a, b) => p[a] - p[b]);
  const corrected = p.map(() => Number.NaN);
  let least = 0;
  order.forEach((i, rank) => {
    least = Math.max(least, Math.min(1, p[i] * (order.length - rank)));
    corrected[i] = least;
  });
  return corrected;
}
