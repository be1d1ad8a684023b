import * as tf from '@tensorflow/tfjs-core';
import { type ChannelPasses, channelRanges, scoresOfVariants } from './channel-passes';

/**
 * Weights of Ablation-CAM: w_k = (y - y_k) / y, y_k the score (a class's logit) with channel k of the layer set to 0
 * (Desai and Ramaswamy 2020, equation 3). Only the nodes behind the layer run again, once a channel. A channel that
 * is 0 everywhere loses nothing: its weight is 0 without a pass.
 *
 * The equation is made for logits above 0: divided by a negative one the weights change their sign. One unit's two classes
 * have opposite logits, so the map of both would be the same; and what is no logit, as the difference of two, may be below 0 as
 * well. For these the size of y is the measure, and a positive weight always says that the channel raises what is explained.
 */
export async function ablationCamWeights(passes: ChannelPasses): Promise<Float32Array> {
  const { activation, node, value, isLogit } = passes;
  const measure = isLogit ? value : Math.abs(value);
  const ranges = await channelRanges(activation);
  const alive = ranges.flatMap(({ min, max }, k) => (min === 0 && max === 0 ? [] : [k]));
  const scores = await scoresOfVariants(passes, alive, node, (channels) => without(activation, channels));
  const weights = new Float32Array(ranges.length);
  alive.forEach((k, i) => {
    weights[k] = (value - scores[i]) / measure;
  });
  return weights;
}

/** [b, h, w, c]: the activation once for each of `channels`, there without that channel. */
function without(activation: tf.Tensor4D, channels: readonly number[]): tf.Tensor4D {
  const count = activation.shape[3];
  const kept = new Float32Array(channels.length * count).fill(1);
  channels.forEach((k, i) => {
    kept[i * count + k] = 0;
  });
  return tf.tidy(() => tf.mul(activation, tf.tensor4d(kept, [channels.length, 1, 1, count])));
}
