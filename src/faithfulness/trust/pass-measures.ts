import * as tf from '@tensorflow/tfjs-core';
import { seededRandom } from '../../semiotics';
import { blurred } from '../blur-picture';
import type { AskedNetwork } from './asked-network';
import { pixelFlipping } from './pixel-flipping';
import { regionPerturbation } from './region-perturbation';
import { road } from './road';
import { roadPercentages, type TrustMeasure } from './trust-measures';
import type { TrustValues } from './trust-questions';

/** Steps of curves along which pixels change. */
const STEPS = 16;
/** Side of a square as a share of the picture's width, 9 of 224 pixels as in Samek et al. 2017; and how many change. */
const SQUARE = 9 / 224;
const SQUARES = 40;

/** What pixels become, [1, h, w, c] each; null where no measure asks for it. */
export interface Replacements {
  blur: tf.Tensor4D | null;
  means: tf.Tensor4D | null;
  noise: tf.Tensor4D | null;
}

/** Makes the replacements that some measures need; freed by the caller. */
export async function passReplacements(
  input: tf.Tensor4D,
  measures: readonly TrustMeasure[],
  seed: number,
): Promise<Replacements> {
  const wants = (...ids: TrustMeasure[]) => ids.some((id) => measures.includes(id));
  return {
    blur: wants('deletion', 'insertion') ? await blurred(input) : null,
    means: wants('pixel-flipping') ? channelMeans(input) : null,
    noise: wants('region-perturbation')
      ? noiseLike(input.shape, (await input.data()) as Float32Array, seed)
      : null,
  };
}

const channelMeans = (input: tf.Tensor4D): tf.Tensor4D =>
  tf.tidy(() => tf.add(tf.zerosLike(input), tf.mean(input, [1, 2], true)) as tf.Tensor4D);

/** Noise spread evenly over the range of the picture's values. */
function noiseLike(shape: [number, number, number, number], values: Float32Array, seed: number): tf.Tensor4D {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const random = seededRandom(seed);
  return tf.tensor4d(
    Float32Array.from(values, () => low + (high - low) * random.next()),
    shape,
  );
}

const squaresOf = ([, height, width]: readonly number[]) => {
  const side = Math.max(1, Math.round(SQUARE * width));
  return { side, squares: Math.min(SQUARES, Math.ceil(width / side) * Math.ceil(height / side)) };
};

/** Forward passes that one map of a picture of this shape costs. */
export function ownPasses(
  measures: readonly TrustMeasure[],
  percentages: readonly number[] = roadPercentages,
  shape: readonly number[],
): number {
  const passes: Partial<Record<TrustMeasure, number>> = {
    road: 2 * percentages.length,
    deletion: STEPS + 1,
    insertion: STEPS + 1,
    'pixel-flipping': STEPS + 1,
    'region-perturbation': squaresOf(shape).squares + 1,
  };
  return measures.reduce((sum, id) => sum + (passes[id] ?? 0), 0);
}

/** The measures among those asked for that take passes of their own for every map. */
export async function passMeasures(
  asked: AskedNetwork,
  map: Float32Array,
  measures: readonly TrustMeasure[],
  { blur, means, noise }: Replacements,
  { percentages = roadPercentages, seed }: { percentages?: readonly number[]; seed: number },
): Promise<TrustValues> {
  const values: TrustValues = {};
  const { input } = asked;
  const flipped = async (from: tf.Tensor4D, to: tf.Tensor4D) =>
    (await pixelFlipping(asked, map, { steps: STEPS, seed, from, to })).area;
  if (measures.includes('road')) values.road = (await road(asked, map, { percentages, seed })).score;
  if (blur && measures.includes('deletion')) values.deletion = await flipped(input, blur);
  if (blur && measures.includes('insertion')) values.insertion = await flipped(blur, input);
  if (means) values['pixel-flipping'] = await flipped(input, means);
  if (noise) {
    const { aopc } = await regionPerturbation(asked, map, { ...squaresOf(input.shape), to: noise });
    values['region-perturbation'] = aopc;
  }
  return values;
}
