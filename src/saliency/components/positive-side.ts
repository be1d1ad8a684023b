/** The part above 0, turned over first where the larger absolute extreme is negative: a singular vector has no sign. */
export function positiveSide(values: Float64Array): Float64Array {
  let [lowest, highest] = [0, 0];
  for (const value of values) {
    lowest = Math.min(lowest, value);
    highest = Math.max(highest, value);
  }
  const sign = -lowest > highest ? -1 : 1;
  // NaN must stay to be found and named; Math.max keeps it.
  return values.map((value) => Math.max(0, sign * value));
}
