import { type Random, rankCorrelation, seededRandom } from '../../semiotics';
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

/** Two numbers of every picture at every layer, set against each other. */
export interface LayerCorrelations {
  /** By picture, the rank correlation over its layers; NaN where fewer than three have both, or one number is the same at all. */
  readonly acrossLayers: Float64Array;
  /** By layer, that across pictures. */
  readonly withinLayers: readonly (CorrelationBand | null)[];
}

const resamples = 500;

/**
 * Both correlations of two numbers, given by layer: within each picture over its layers, and at each layer over the pictures.
 * @param fewest pictures that a correlation across them is drawn from
 */
export function correlationsOfLayers(
  first: readonly Float64Array[],
  second: readonly Float64Array[],
  options: { seed: number; fewest: number },
): LayerCorrelations {
  const pictures = first[0]?.length ?? 0;
  const acrossLayers = Float64Array.from({ length: pictures }, (_, picture) => {
    const both = first.flatMap((ofLayer, layer) => {
      const pair = [ofLayer[picture], second[layer][picture]] as const;
      return pair.every(Number.isFinite) ? [pair] : [];
    });
    if (both.length < 3) return Number.NaN;
    const found = rankCorrelation(
      both.map(([a]) => a),
      both.map(([, b]) => b),
    );
    return found ?? Number.NaN;
  });
  return {
    acrossLayers,
    withinLayers: first.map((ofLayer, layer) => correlationAcross(ofLayer, second[layer], options)),
  };
}

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
