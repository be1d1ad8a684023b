/** Complex numbers, as many as a power of two. */
export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export const zeros = (count: number): Complex => ({
  re: new Float64Array(count),
  im: new Float64Array(count),
});

/** Discrete Fourier transform in place (Cooley and Tukey 1965): element k becomes the sum of all x_j exp(-2 pi i j k / n). */
export function transform({ re, im }: Complex): void {
  const count = re.length;
  reverseBits(re);
  reverseBits(im);
  const { re: cosines, im: sines } = rootsOf(count);
  for (let half = 1; half < count; half *= 2) {
    const step = count / 2 / half;
    for (let start = 0; start < count; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const [i, j] = [start + k, start + k + half];
        const [c, s] = [cosines[k * step], sines[k * step]];
        const a = re[j] * c - im[j] * s;
        const b = re[j] * s + im[j] * c;
        re[j] = re[i] - a;
        im[j] = im[i] - b;
        re[i] += a;
        im[i] += b;
      }
    }
  }
}

/** The way back. */
export function transformBack({ re, im }: Complex): void {
  transform({ re: im, im: re });
  for (let i = 0; i < re.length; i++) {
    re[i] /= re.length;
    im[i] /= im.length;
  }
}

/** The first half of the roots of one, by how many there are. */
const known = new Map<number, Complex>();

function rootsOf(count: number): Complex {
  const before = known.get(count);
  if (before) return before;
  const roots = zeros(count >> 1);
  for (let k = 0; k < roots.re.length; k++) {
    roots.re[k] = Math.cos((2 * Math.PI * k) / count);
    roots.im[k] = -Math.sin((2 * Math.PI * k) / count);
  }
  known.set(count, roots);
  return roots;
}

function reverseBits(values: Float64Array): void {
  for (let i = 1, j = 0; i < values.length; i++) {
    let bit = values.length >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    const held = values[i];
    values[i] = values[j];
    values[j] = held;
  }
}
