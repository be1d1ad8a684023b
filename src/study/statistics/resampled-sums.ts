import { seededRandom } from '../../semiotics';
import { inFours } from './fours';

/** Resamples that are summed before the next four series: what stays in the processor's cache beside them. */
const BLOCK_BYTES = 1 << 19;

/** Bytes of draws that are held for the next question about the same pictures. */
const MOST_HELD = 1 << 26;

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
  const rows = resamples + (resamples & 1);
  const sums = fours.map(() => new Float64Array(4 * rows));
  const block = Math.max(2, Math.floor(BLOCK_BYTES / Math.max(1, pictures)) & ~1);
  const draws = createDraws({ pictures, rows, seed });
  for (let first = 0; first < rows; first += block) {
    const end = Math.min(first + block, rows);
    const drawn = draws.upTo(first, end);
    fours.forEach((four, i) => {
      for (let k = first; k < end; k += 2) sumTwice(drawn, (k - first) * pictures, four, sums[i], 4 * k);
    });
  }
  return vectors.map((_, i) => {
    const own = sums[i >> 2];
    return Float64Array.from({ length: resamples }, (_, k) => own[4 * k + (i & 3)]);
  });
}

interface Resamples {
  pictures: number;
  rows: number;
  seed: number;
}

/** Draws that were made, by what they are of; the newest last. */
const held = new Map<string, Uint8Array>();

/** How often each picture is drawn, resample by resample; held, where there is room, until others are asked for. */
function createDraws({ pictures, rows, seed }: Resamples) {
  const key = `${pictures} ${rows} ${seed}`;
  const known = held.get(key);
  if (known) {
    hold(key, known);
    return {
      upTo: (first: number, end: number) => known.subarray(first * pictures, end * pictures),
    };
  }
  const random = seededRandom(seed);
  const words = new Uint32Array(pictures);
  const bytes = rows * pictures;
  const whole = bytes <= MOST_HELD ? new Uint8Array(bytes) : null;
  return {
    /** The rows from `first` to before `end`; asked for in their order. */
    upTo(first: number, end: number): Uint8Array {
      const drawn =
        whole?.subarray(first * pictures, end * pictures) ?? new Uint8Array((end - first) * pictures);
      for (let k = 0; k < end - first; k++) {
        random.fill(words);
        countDraws(words, drawn.subarray(k * pictures, (k + 1) * pictures));
      }
      if (whole && end === rows) hold(key, whole);
      return drawn;
    },
  };
}

function hold(key: string, draws: Uint8Array): void {
  held.delete(key);
  held.set(key, draws);
  let bytes = 0;
  for (const [each, { byteLength }] of [...held].reverse()) {
    bytes += byteLength;
    if (bytes > MOST_HELD) held.delete(each);
  }
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
