import { seededRandom } from '../../semiotics';
import { quantileOfSorted } from './quantile';

/** A mean with the band that 95 % of its resamples lie in. NaN where no value is there. */
export interface Band {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Values behind it. */
  readonly count: number;
}

export interface BootstrapOptions {
  resamples?: number;
  seed?: number;
  /** Share of the resamples inside the band. */
  level?: number;
}

/** Resamples behind every band, unless said otherwise. */
export const bootstrapResamples = 2000;

/**
 * Means of several equally long series with their percentile bootstrap bands (Efron 1979). Element i of every series
 * belongs to picture i: pictures are drawn with replacement, the same ones for all series, so that what hangs together
 * over the layers stays together. NaN is a value that is missing, and is left out.
 */
export function bootstrapMeans(series: readonly Float64Array[], options: BootstrapOptions = {}): Band[] {
  const { resamples = bootstrapResamples, seed = 1, level = 0.95 } = options;
  const pictures = series[0]?.length ?? 0;
  const columns = series.map((values) => {
    if (values.length !== pictures) throw new RangeError('Series over the same pictures are equally long.');
    return withoutGaps(values);
  });
  const random = seededRandom(seed);
  const drawn = new Float64Array(pictures);
  const means = columns.map(() => new Float64Array(resamples));
  for (let resample = 0; resample < resamples; resample++) {
    drawn.fill(0);
    for (let i = 0; i < pictures; i++) drawn[random.below(pictures)] += 1;
    columns.forEach(({ values, there }, column) => {
      let sum = 0;
      for (let i = 0; i < pictures; i++) sum += drawn[i] * values[i];
      let count = pictures;
      if (there) {
        count = 0;
        for (let i = 0; i < pictures; i++) count += drawn[i] * there[i];
      }
      means[column][resample] = sum / count;
    });
  }
  return columns.map(({ values, count }, column) => {
    let sum = 0;
    for (let i = 0; i < pictures; i++) sum += values[i];
    // A resample may miss every picture that has a value: it says nothing of the mean.
    const spread = means[column].filter((value) => !Number.isNaN(value)).sort();
    return {
      mean: sum / count,
      low: quantileOfSorted(spread, (1 - level) / 2),
      high: quantileOfSorted(spread, (1 + level) / 2),
      count,
    };
  });
}

/** Missing values as zeros, and where values are there; null for everywhere. */
function withoutGaps(values: Float64Array) {
  const count = values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : 1), 0);
  if (count === values.length) return { values, there: null, count };
  return {
    values: values.map((value) => (Number.isNaN(value) ? 0 : value)),
    there: values.map((value) => (Number.isNaN(value) ? 0 : 1)),
    count,
  };
}
