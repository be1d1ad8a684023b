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

/** Bytes of the counts that are held at a time. No picture is drawn more than 255 times. */
const BLOCK_BYTES = 1 << 20;

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
  const means = columns.map(() => new Float64Array(resamples));
  // As many resamples at a time as stay in the processor's cache beside a column.
  const block = Math.max(1, Math.min(resamples, Math.floor(BLOCK_BYTES / Math.max(1, pictures))));
  const drawn = new Uint8Array(block * pictures);
  for (let first = 0; first < resamples; first += block) {
    const count = Math.min(block, resamples - first);
    drawn.fill(0);
    for (let at = 0; at < count * pictures; at += pictures) {
      for (let i = 0; i < pictures; i++) drawn[at + random.below(pictures)] += 1;
    }
    columns.forEach(({ values, there }, column) => {
      for (let k = 0; k < count; k++) {
        const own = drawn.subarray(k * pictures, (k + 1) * pictures);
        means[column][first + k] = weightedSum(own, values) / (there ? weightedSum(own, there) : pictures);
      }
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

/** Sum of the values, each as many times as it was drawn; in four parts, which do not wait for each other. */
function weightedSum(times: Uint8Array, values: Float64Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let i = 0;
  for (const end = values.length - 3; i < end; i += 4) {
    a += times[i] * values[i];
    b += times[i + 1] * values[i + 1];
    c += times[i + 2] * values[i + 2];
    d += times[i + 3] * values[i + 3];
  }
  for (; i < values.length; i++) a += times[i] * values[i];
  return a + b + (c + d);
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
