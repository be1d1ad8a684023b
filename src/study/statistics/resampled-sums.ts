import { seededRandom } from '../../semiotics';
import { inFours } from './fours';

/** Bytes of the counts that are held at a time: what stays in the processor's cache beside four series. */
const BLOCK_BYTES = 1 << 19;

/**
 * Sums of several vectors over resamples of the pictures: as many are drawn with replacement as there are, the same ones for all
 * vectors. Result k holds the sums of vector k, a resample each. No picture is drawn more than 255 times.
 */
export function resampledSums(
  vectors: readonly Float64Array[],
  { resamples, seed }: { resamples: number; seed: number },
): Float64Array[] {
  const pictures = vectors[0]?.length ?? 0;
  const fours = inFours(vectors);
  // Two resamples are summed at once: the last may have none beside it.
  const sums = fours.map(() => new Float64Array(4 * (resamples + 1)));
  const random = seededRandom(seed);
  const words = new Uint32Array(pictures);
  const block = Math.max(2, Math.min(resamples + 1, Math.floor(BLOCK_BYTES / Math.max(1, pictures))) & ~1);
  const drawn = new Uint8Array(block * pictures);
  for (let first = 0; first < resamples; first += block) {
    const count = Math.min(block, resamples - first);
    drawn.fill(0);
    for (let k = 0; k < count; k++) {
      random.fill(words);
      countDraws(words, drawn.subarray(k * pictures, (k + 1) * pictures));
    }
    fours.forEach((four, i) => {
      for (let k = 0; k < count; k += 2) sumTwice(drawn, k * pictures, four, sums[i], 4 * (first + k));
    });
  }
  return vectors.map((_, i) => {
    const own = sums[i >> 2];
    return Float64Array.from({ length: resamples }, (_, k) => own[4 * k + (i & 3)]);
  });
}

/** How often each picture is drawn by these words, of 32 bits each. */
function countDraws(words: Uint32Array, counts: Uint8Array): void {
  const { length } = counts;
  for (let i = 0; i < words.length; i++) counts[((words[i] * length) / 4294967296) >>> 0] += 1;
}

/** Sums of four vectors, each value as many times as it was drawn, for the draws from `from` on and for those after them. */
function sumTwice(drawn: Uint8Array, from: number, four: Float64Array, sums: Float64Array, at: number): void {
  const pictures = four.length >> 2;
  let [a, b, c, d] = [0, 0, 0, 0];
  let [e, f, g, h] = [0, 0, 0, 0];
  for (let i = 0, j = 0; i < pictures; i++, j += 4) {
    const once = drawn[from + i];
    const twice = drawn[from + pictures + i];
    const p = four[j];
    const q = four[j + 1];
    const r = four[j + 2];
    const s = four[j + 3];
    a += once * p;
    b += once * q;
    c += once * r;
    d += once * s;
    e += twice * p;
    f += twice * q;
    g += twice * r;
    h += twice * s;
  }
  [sums[at], sums[at + 1], sums[at + 2], sums[at + 3]] = [a, b, c, d];
  [sums[at + 4], sums[at + 5], sums[at + 6], sums[at + 7]] = [e, f, g, h];
}
