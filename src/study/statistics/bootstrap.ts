import { withoutGaps } from './gaps';
import { quantileOfSorted } from './quantile';
import { resampledSums } from './resampled-sums';

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
  // A series without any value, as of a layer that has none before it, needs no sums.
  const known = series.filter((values) => values.some((value) => !Number.isNaN(value)));
  const { vectors, counts, masks } = withoutGaps(known);
  const sums = resampledSums(vectors, { resamples, seed });
  const bands = known.map((_, i): Band => {
    const [count, mask] = [counts[i], masks[i]];
    const means = sums[i].map((sum, k) => sum / (mask === null ? count : sums[mask][k]));
    // A resample may miss every picture that has a value: it says nothing of the mean.
    const spread = means.filter((value) => !Number.isNaN(value)).sort();
    return {
      mean: sumOf(vectors[i]) / count,
      low: quantileOfSorted(spread, (1 - level) / 2),
      high: quantileOfSorted(spread, (1 + level) / 2),
      count,
    };
  });
  const none: Band = { mean: Number.NaN, low: Number.NaN, high: Number.NaN, count: 0 };
  return series.map((values) => bands[known.indexOf(values)] ?? none);
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}
