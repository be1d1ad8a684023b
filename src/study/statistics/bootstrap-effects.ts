import type { BootstrapOptions } from './bootstrap';
import { pairedEffect, sizeOf } from './effect-size';
import { withoutGaps } from './gaps';
import { standardDeviation } from './mean';
import { present } from './present';
import { quantileOfSorted } from './quantile';
import { resampledSums } from './resampled-sums';

/** Cohen's d of paired differences with the band that 95 % of its resamples lie in. */
export interface EffectBand {
  readonly effect: number;
  readonly low: number;
  readonly high: number;
  /** Differences behind it. */
  readonly count: number;
}

/** Share of the variance of all differences below which that of a resample is none. */
const RESIDUE = 1e-9;
/** A quantile of 2.5 % of fewer resamples is a handful of them. */
const effectResamples = 1000;

/**
 * Mean over standard deviation of several equally long series of differences, with percentile bootstrap bands: pictures are drawn with
 * replacement, the same ones for all series. NaN is missing, and left out; null where fewer than three are there, or they do not differ.
 */
export function bootstrapEffects(
  series: readonly Float64Array[],
  { resamples = effectResamples, seed = 1, level = 0.95 }: BootstrapOptions = {},
): (EffectBand | null)[] {
  const known = series.map(present);
  const deviations = known.map((values) => standardDeviation(values));
  const effects = known.map((values) =>
    values.length < 3 ? Number.NaN : pairedEffect(values, sizeOf(values)),
  );
  // About the mean, squares are of the size of what they are the spread of.
  const centred = series.map((values, i) => {
    const mean = known[i].reduce((sum, value) => sum + value, 0) / Math.max(1, known[i].length);
    return values.map((value) => value - mean);
  });
  const filled = withoutGaps(centred);
  const squares = filled.vectors
    .slice(0, series.length)
    .map((values) => values.map((value) => value * value));
  const sums = resampledSums([...filled.vectors, ...squares], { resamples, seed });
  return series.map((_, i) => {
    if (!Number.isFinite(effects[i])) return null;
    const mask = filled.masks[i];
    const mean = known[i].reduce((sum, value) => sum + value, 0) / known[i].length;
    const spread: number[] = [];
    for (let k = 0; k < resamples; k++) {
      const count = mask === null ? known[i].length : sums[mask][k];
      const [sum, square] = [sums[i][k], sums[filled.vectors.length + i][k]];
      const variance = (square - (sum * sum) / count) / (count - 1);
      // A resample of equal differences has no spread but how its sums are rounded.
      if (count > 1 && variance > RESIDUE * deviations[i] ** 2)
        spread.push((mean + sum / count) / Math.sqrt(variance));
    }
    const sorted = Float64Array.from(spread).sort();
    return {
      effect: effects[i],
      low: quantileOfSorted(sorted, (1 - level) / 2),
      high: quantileOfSorted(sorted, (1 + level) / 2),
      count: known[i].length,
    };
  });
}
