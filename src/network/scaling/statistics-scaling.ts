import type { Front, Stage } from './front';
import type { InputScaling } from './input-scaling';
import type { FoundScaling } from './scaling';

interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

/**
 * How pictures were scaled in training, by what a batch normalisation in front of the first convolution saw of them: a mean
 * and a deviation a channel.
 *
 * As in `told-scaling.ts`, values between l and h of mean m deviate by sqrt((h - m)(m - l)) at most. Means and deviations of
 * ten and more are those of bytes: that is settled. So is 0 to 1 where mean and deviation fit there and leave room (three
 * quarters of the bound). Beyond that, they could as well be those of a bright picture of -1 to 1. Means around zero are of
 * -1 to 1 or of pictures that were standardised before: with a deviation near 1 rather the latter, since only black and white
 * deviate so much on -1 to 1. These are guesses.
 */
export function scalingByStatistics({ normalisations }: Front, channels: number): FoundScaling | null {
  for (const { name, at, statistics } of normalisations) {
    const moments = momentsBefore(at, statistics.mean.read(), statistics.variance.read());
    const judged = moments && judge(moments, channels);
    if (!judged) continue;
    const [mean, deviation] = (['mean', 'deviation'] as const).map((key) =>
      (moments.reduce((sum, each) => sum + each[key], 0) / moments.length).toPrecision(3),
    );
    return {
      scaling: judged.scaling,
      reason: `${judged.isGuess ? 'Guessed: in' : 'In'} training, the normalisation "${name}" in front of all layers saw values of mean ${mean} and deviation ${deviation}.`,
      isGuess: judged.isGuess,
    };
  }
  return null;
}

/** Mean and deviation of the picture itself, where a normalisation saw it after some arithmetic; null where none were learned. */
function momentsBefore(
  { channels, isFlat }: Stage,
  means: Float32Array,
  variances: Float32Array,
): Moments[] | null {
  if (isFlat || means.length !== channels.length || variances.length !== channels.length) return null;
  const isUntrained = means.every((mean) => mean === 0) && variances.every((variance) => variance === 1);
  if (isUntrained) return null;
  const moments = channels.map(({ weights, offset }, i) => {
    const factor = weights.reduce((sum, weight) => sum + weight, 0);
    return {
      mean: (means[i] - offset) / factor,
      deviation: Math.sqrt(variances[i]) / Math.abs(factor),
    };
  });
  return moments.every(({ mean, deviation }) => Number.isFinite(mean) && Number.isFinite(deviation))
    ? moments
    : null;
}

/** Statistics are running means over batches: they may pass the bound a little. */
const BOUND = 1.1;
const CERTAIN_SHARE = 0.75;

function judge(
  moments: readonly Moments[],
  channels: number,
): { scaling: InputScaling; isGuess: boolean } | null {
  const fits = (least: number, most: number, share = BOUND) =>
    moments.every(
      ({ mean, deviation }) =>
        mean > least && mean < most && deviation <= share * Math.sqrt((most - mean) * (mean - least)),
    );
  if (moments.some(({ deviation }) => deviation < 0.01)) return null;
  if (moments.every(({ mean, deviation }) => mean >= 10 && deviation >= 10) && fits(0, 255)) {
    return { scaling: 'bytes', isGuess: false };
  }
  if (fits(0, 1, CERTAIN_SHARE)) return { scaling: 'unit', isGuess: false };
  if (channels === 1 && fits(0, 1)) return { scaling: 'unit', isGuess: true };
  const isStandardised = moments.every(({ deviation }) => deviation >= 0.75 && deviation < 2);
  if (isStandardised && fits(-3, 3)) return { scaling: 'imagenet', isGuess: true };
  return fits(-1, 1) ? { scaling: 'signed', isGuess: true } : null;
}
