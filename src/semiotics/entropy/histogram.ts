const TABLE_LENGTH = 1 << 15;

/** `n log2 n` of the counts that occur often; 0 log 0 = 0. */
const table = new Float64Array(TABLE_LENGTH);
for (let n = 2; n < TABLE_LENGTH; n++) table[n] = n * Math.log2(n);

/** `n log2 n`, with 0 log 0 = 0. */
export function nLog2n(n: number): number {
  return n < TABLE_LENGTH ? table[n] : n * Math.log2(n);
}

/**
 * Entropy in bits of `total` observations whose classes hold `n_k` each, from `sum n_k log2 n_k`:
 * `log2 N - (1/N) sum n_k log2 n_k`. Written with one division so that a single class gives exactly 0.
 */
export function entropyFromSum(total: number, sum: number): number {
  return total > 0 ? (nLog2n(total) - sum) / total : 0;
}

/** Entropy in bits of the first `length` counts, which add up to `total`. */
export function entropyOfCounts(counts: Uint32Array, length: number, total: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) {
    if (counts[k] > 1) sum += nLog2n(counts[k]);
  }
  return entropyFromSum(total, sum);
}

const buffers: Uint32Array[] = [];

/**
 * At least `length` numbers out of `slot`, as they were left there; new ones are 0. The buffer is shared by every caller of that slot and
 * kept between calls (a joint histogram of 256 levels is 256 KiB, too much to allocate for every map of a null
 * model), so it must be read before the slot is asked for again.
 */
export function keptCounts(length: number, slot: number): Uint32Array {
  if (!(buffers[slot]?.length >= length)) buffers[slot] = new Uint32Array(length);
  return buffers[slot];
}

/** The same, all 0. */
export const zeroCounts = (length: number, slot = 0): Uint32Array =>
  keptCounts(length, slot).fill(0, 0, length);
