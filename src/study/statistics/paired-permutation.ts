import { seededRandom } from '../../semiotics';

/** The flips that are tried are a group of two to so many: 16,384. */
const FLIP_BITS = 14;

/**
 * Two-sided p of the hypothesis that differences are as likely one way as the other, for several series over the same
 * pictures: the share of sign flips (Fisher 1935) whose mean is at least as far from zero. A flip is one of a whole
 * picture, over all series. All flips are tried of up to 14 pictures, so that p is exact. Of more pictures those of a group that the
 * seed draws: any group of flips makes an exact test, and as the one observed is among them p is never 0 (Hemerik and Goeman 2018,
 * Theorem 1). Missing differences are NaN.
 */
export function pairedPermutationTests(
  series: readonly Float64Array[],
  { seed = 1 }: { seed?: number } = {},
): number[] {
  const group = flipGroup(series, seed);
  if (!group) return series.map(() => 1);
  return series.map((differences) => shareAsFar(differences, group.flippers, group.flips));
}

/**
 * The same for all series as one family: p is the share of flips under which any of the series is as far from zero as this one was, each
 * measured by its own size (the largest statistic of Westfall and Young 1993, for Student's t of every series). So the chance of any false claim among
 * them stays below the level, and what hangs together does not count as often as it is asked. However many series there are, p may be as small
 * as one of all flips: a correction of single p could not be, of which none is below 1/16,384. A series without any difference has p 1.
 */
export function pairedFamilyTests(
  series: readonly Float64Array[],
  { seed = 1 }: { seed?: number } = {},
): number[] {
  const group = flipGroup(series, seed);
  if (!group) return series.map(() => 1);
  const { flippers } = group;
  const largest = new Float64Array(group.flips);
  const observed = series.map((differences) => {
    const sums = new Float64Array(largest.length);
    let squares = 0;
    differences.forEach((difference, i) => {
      if (Number.isNaN(difference)) return;
      sums[flippers[i]] += difference;
      squares += difference * difference;
    });
    if (squares === 0) return 0;
    walshHadamard(sums);
    // Flips leave squares what they are, so this grows with Student's t.
    const size = Math.sqrt(squares);
    for (let flip = 0; flip < largest.length; flip++) {
      largest[flip] = Math.max(largest[flip], Math.abs(sums[flip]) / size);
    }
    return Math.abs(sums[0]) / size;
  });
  const ascending = largest.sort();
  return observed.map((statistic) =>
    statistic === 0 ? 1 : (ascending.length - firstFrom(ascending, statistic - 1e-9)) / ascending.length,
  );
}

/** Place of the first value that is at least so large. */
function firstFrom(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The flips that are tried of these series, and what flips each picture; null where there is no picture. */
function flipGroup(series: readonly Float64Array[], seed: number) {
  const pictures = series[0]?.length ?? 0;
  if (pictures === 0) return null;
  const bits = Math.min(FLIP_BITS, pictures);
  return { flips: 2 ** bits, flippers: flippersOf(pictures, bits, seed) };
}

/** By picture the generators of the group that flip it, a bit each: one of its own where there are enough. */
function flippersOf(pictures: number, bits: number, seed: number): Uint32Array {
  const flippers = new Uint32Array(pictures);
  if (pictures <= bits) return flippers.map((_, picture) => 1 << picture);
  seededRandom(seed).fill(flippers);
  return flippers.map((word) => word >>> (32 - bits));
}

/** The share of all flips of the group whose sum is as far from zero as the one observed. */
function shareAsFar(differences: Float64Array, flippers: Uint32Array, flips: number): number {
  const sums = new Float64Array(flips);
  let [observed, size] = [0, 0];
  for (let i = 0; i < differences.length; i++) {
    const difference = differences[i];
    // A missing difference adds nothing whichever way it is flipped.
    if (Number.isNaN(difference)) continue;
    sums[flippers[i]] += difference;
    observed += difference;
    size += Math.abs(difference);
  }
  walshHadamard(sums);
  // Sums of the same numbers in another order differ in their last digits.
  const reached = Math.abs(observed) - 1e-12 * size;
  let asFar = 0;
  for (let flip = 0; flip < flips; flip++) if (Math.abs(sums[flip]) >= reached) asFar += 1;
  return asFar / flips;
}

/**
 * In place: element f becomes the sum of all elements b, each negated where f and b have an odd number of ones in common, which is
 * where an odd number of the generators in f flip what lies in b.
 */
function walshHadamard(values: Float64Array): void {
  for (let half = 1; half < values.length; half *= 2) {
    for (let start = 0; start < values.length; start += 2 * half) {
      for (let i = start; i < start + half; i++) {
        const [a, b] = [values[i], values[i + half]];
        values[i] = a + b;
        values[i + half] = a - b;
      }
    }
  }
}
