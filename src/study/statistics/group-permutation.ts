import { type Random, seededRandom } from '../../semiotics';
import { type Complex, transform, transformBack, zeros } from './fourier';
import { withoutGaps } from './gaps';

/** Random regroupings behind every test, at least. */
const testPermutations = 9999;

/**
 * Two-sided p of the hypothesis that two groups of pictures do not differ, for several series over the same pictures:
 * the share of random regroupings whose difference of means is at least as large, the one observed counted with them.
 * `first[i]` tells whether picture i is of the first group. Missing values are NaN; NaN where a group has none at all.
 *
 * Regroupings are drawn by the round: in an order that is drawn, who is of the first group moves on by one picture after the other,
 * all the way round. Rounds are drawn independently, and within one each place is as likely the observed one, so p is as valid as with
 * single draws (Hemerik and Goeman 2018); all sums of a round are one correlation.
 */
export function groupPermutationTests(
  series: readonly Float64Array[],
  first: ArrayLike<boolean>,
  { permutations = testPermutations, seed = 1 }: { permutations?: number; seed?: number } = {},
): number[] {
  const pictures = first.length;
  const { vectors, counts, masks } = withoutGaps(series);
  const random = seededRandom(seed);
  const order = Uint32Array.from({ length: pictures }, (_, i) => i);
  mix(order, random);
  const correlate = createCorrelation(vectors.map((vector) => Float64Array.from(order, (i) => vector[i])));
  const group = Uint8Array.from(order, (i) => (first[i] ? 1 : 0));
  const size = group.reduce((sum, own) => sum + own, 0);
  const totals = vectors.map(total);
  // Sums of the same numbers in another order differ in their last digits.
  const rounding = vectors.map((vector, i) => (1e-12 * total(vector.map(Math.abs))) / (counts[i] || 1));
  const asFar = series.map(() => 0);
  const observed = series.map(() => Number.NaN);
  const rounds = pictures === 0 ? 0 : Math.ceil((permutations + 1) / pictures);
  for (let round = 0; round < rounds; round++) {
    const sums = correlate(group);
    series.forEach((_, c) => {
      const mask = masks[c];
      const differenceAt = (shift: number) => {
        const present = mask === null ? size : Math.round(sums[mask][shift]);
        if (present === 0 || present === counts[c]) return Number.NaN;
        return Math.abs(sums[c][shift] / present - (totals[c] - sums[c][shift]) / (counts[c] - present));
      };
      if (round === 0) observed[c] = differenceAt(0);
      const reached = observed[c] - rounding[c];
      for (let shift = 0; shift < pictures; shift++) if (differenceAt(shift) >= reached) asFar[c] += 1;
    });
    mix(group, random);
  }
  return asFar.map((times, c) => (Number.isNaN(observed[c]) ? Number.NaN : times / (rounds * pictures)));
}

/** Fisher and Yates, in Durstenfeld's form. */
function mix(values: Uint32Array | Uint8Array, random: Random): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const held = values[i];
    values[i] = values[j];
    values[j] = held;
  }
}

/**
 * Sums of vectors over a group (ones and zeros) that is moved on round them: element s of sums k is that of all elements i + s of
 * vector k, counted round, whose i is of the group.
 */
function createCorrelation(vectors: readonly Float64Array[]) {
  const pictures = vectors[0]?.length ?? 0;
  let length = 1;
  while (length < 2 * pictures) length *= 2;
  // Each vector twice, so that the group comes round; two vectors are transformed as one of complex numbers.
  const pairs = Array.from({ length: Math.ceil(vectors.length / 2) }, (_, pair) => {
    const spectrum = zeros(length);
    [spectrum.re, spectrum.im].forEach((part, k) => {
      const vector = vectors[2 * pair + k];
      if (!vector) return;
      part.set(vector);
      part.set(vector, pictures);
    });
    transform(spectrum);
    return spectrum;
  });
  return (group: Uint8Array): Float64Array[] => {
    const own = zeros(length);
    own.re.set(group);
    transform(own);
    return pairs.flatMap((spectrum) => {
      const product = timesConjugate(spectrum, own);
      transformBack(product);
      return [product.re, product.im];
    });
  };
}

function timesConjugate(a: Complex, b: Complex): Complex {
  const product = zeros(a.re.length);
  for (let i = 0; i < a.re.length; i++) {
    product.re[i] = a.re[i] * b.re[i] + a.im[i] * b.im[i];
    product.im[i] = a.im[i] * b.re[i] - a.re[i] * b.im[i];
  }
  return product;
}

const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
