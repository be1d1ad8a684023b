import { type Random, seededRandom } from '../../semiotics';
import { linearCorrelation, meanRanks } from '../../semiotics/correlation';
import { quantileOfSorted } from '../statistics';
import { correlationP } from '../statistics/student-t';

export interface CorrelationBand {
  readonly correlation: number;
  /** 95 % of the resamples of pictures lie between. */
  readonly low: number;
  readonly high: number;
  /** Of a correlation as large, in either direction, where there is none. */
  readonly p: number;
  readonly count: number;
}

const resamples = 500;

/**
 * Spearman's rank correlation of two numbers across pictures, with its percentile bootstrap band and its p by Student's t. Pictures that lack
 * either are left out; null where fewer than `fewest` are left or one of the numbers is the same for all.
 */
export function correlationAcross(
  a: Float64Array,
  b: Float64Array,
  { seed, fewest }: { seed: number; fewest: number },
): CorrelationBand | null {
  const known = Array.from(a.keys()).filter((i) => Number.isFinite(a[i]) && Number.isFinite(b[i]));
  if (known.length < fewest) return null;
  const [first, second] = [a, b].map((values) => meanRanks(known.map((i) => values[i])));
  const correlation = linearCorrelation(first, second);
  if (correlation === null) return null;
  const random = seededRandom(seed);
  const drawn = Float64Array.from({ length: resamples }, () => resampled(first, second, random)).sort();
  return {
    correlation,
    low: quantileOfSorted(drawn, 0.025),
    high: quantileOfSorted(drawn, 0.975),
    p: correlationP(correlation, known.length),
    count: known.length,
  };
}

/** The correlation of the ranks of pictures drawn with replacement. */
function resampled(a: Float64Array, b: Float64Array, random: Random): number {
  const places = Uint32Array.from(a, () => random.below(a.length));
  const of = (values: Float64Array) => Float64Array.from(places, (place) => values[place]);
  return linearCorrelation(of(a), of(b)) ?? 0;
}
