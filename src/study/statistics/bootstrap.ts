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
export const bootstrapMeans = (series: readonly Float64Array[], options: BootstrapOptions = {}): Band[] =>
  bootstrapDifferences(series, [], options);

/**
 * The same, then the bands of differences: of series or earlier differences `[from, to]`, counted together, `to` minus `from`. Where
 * both have the same values missing, a sum of differences is the difference of the sums.
 */
export function bootstrapDifferences(
  series: readonly Float64Array[],
  differences: readonly (readonly [from: number, to: number])[],
  { resamples = bootstrapResamples, seed = 1, level = 0.95 }: BootstrapOptions = {},
): Band[] {
  const all = [...series];
  for (const [from, to] of differences) all.push(minus(all[to], all[from]));
  const filled = withoutGaps(all);
  const { counts, masks } = filled;
  /** Whether what is summed is summed already. */
  const follows = (i: number) => {
    const pair = differences[i - series.length];
    return pair && masks[pair[0]] === masks[i] && masks[pair[1]] === masks[i] ? pair : null;
  };
  // A series without any value, as of a layer that has none before it, needs no sums.
  const masksNeeded = new Set(masks.filter((_, i) => counts[i] > 0));
  const summed = [...filled.vectors.keys()].filter((i) =>
    i < all.length ? counts[i] > 0 && !follows(i) : masksNeeded.has(i),
  );
  const sums = new Map(
    resampledSums(
      summed.map((i) => filled.vectors[i]),
      { resamples, seed },
    ).map((own, k) => [summed[k], own]),
  );
  return all.map((_, i): Band => {
    const count = counts[i];
    if (count === 0) return { mean: Number.NaN, low: Number.NaN, high: Number.NaN, count };
    const pair = follows(i);
    if (pair) sums.set(i, minus(sums.get(pair[1]) as Float64Array, sums.get(pair[0]) as Float64Array));
    const mask = masks[i];
    const there = mask === null ? null : (sums.get(mask) as Float64Array);
    const means = (sums.get(i) as Float64Array).map((sum, k) => sum / (there ? there[k] : count));
    // A resample may miss every picture that has a value: it says nothing of the mean.
    const spread = means.filter((value) => !Number.isNaN(value)).sort();
    return {
      mean: sumOf(filled.vectors[i]) / count,
      low: quantileOfSorted(spread, (1 - level) / 2),
      high: quantileOfSorted(spread, (1 + level) / 2),
      count,
    };
  });
}

const minus = (a: Float64Array, b: Float64Array) => {
  const difference = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) difference[i] = a[i] - b[i];
  return difference;
};

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}
