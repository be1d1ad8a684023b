const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/**
 * The indices of the positive values, greatest value first, equal values by index. A radix sort on the bit patterns: those of positive
 * float32 numbers are ordered as the numbers are, and three passes beat a comparison sort by far.
 */
export function descendingOrder(values: Float32Array): Uint32Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i] > 0) count++;
  let order = new Uint32Array(count);
  let spare = new Uint32Array(count);
  for (let i = 0, k = 0; i < values.length; i++) if (values[i] > 0) order[k++] = i;

  const starts = new Uint32Array(DIGITS);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    starts.fill(0);
    // Complemented, so that the greatest come first and equal ones keep their order.
    for (let k = 0; k < count; k++) starts[(~bits[order[k]] >>> shift) & (DIGITS - 1)]++;
    let start = 0;
    for (let digit = 0; digit < DIGITS; digit++) {
      const size = starts[digit];
      starts[digit] = start;
      start += size;
    }
    for (let k = 0; k < count; k++) {
      const index = order[k];
      spare[starts[(~bits[index] >>> shift) & (DIGITS - 1)]++] = index;
    }
    [order, spare] = [spare, order];
  }
  return order;
}
