import * as tf from '@tensorflow/tfjs-core';
// By itself: `tf.image` would bring all that TensorFlow.js does with pictures.
import { resizeBilinear } from '@tensorflow/tfjs-core/dist/ops/image/resize_bilinear';
import { type ChannelPasses, channelRanges, pictureNode, scoresOfVariants } from './channel-passes';

/**
 * Weights of Score-CAM: s = softmax_k(y_k), y_k the score (a class's logit) for the network's input times channel k of the layer,
 * resized to the input bilinearly with half-pixel centres and scaled to 0..1 between its own extremes (Wang et
 * al. 2020, equations 6 to 8; the score of an empty input, which they subtract, cancels in the softmax).
 *
 * A constant channel has no extremes to scale between; its mask is 0 everywhere, and all such channels share one
 * pass. The softmax is taken in float64.
 */
export async function scoreCamWeights(passes: ChannelPasses): Promise<Float32Array> {
  const { network, activation, outputs } = passes;
  const source = pictureNode(network);
  const input = outputs[source] as tf.Tensor4D;
  const ranges = await channelRanges(activation);
  const [flat, varied]: [number[], number[]] = [[], []];
  for (const [k, { min, max }] of ranges.entries()) (min === max ? flat : varied).push(k);
  const asked = [...varied, ...flat.slice(0, 1)];
  const found = await scoresOfVariants(passes, asked, source, (channels) =>
    masked(input, activation, channels),
  );
  const scores = new Float64Array(ranges.length).fill(found[varied.length]);
  varied.forEach((k, i) => {
    scores[k] = found[i];
  });
  return softmax(scores);
}

/** [b, H, W, 3]: the input seen through each of these channels. */
function masked(input: tf.Tensor4D, activation: tf.Tensor4D, channels: readonly number[]): tf.Tensor4D {
  const [, height, width] = input.shape;
  return tf.tidy(() => {
    const chosen = tf.gather(activation, tf.tensor1d([...channels], 'int32'), 3);
    const batch = tf.transpose(chosen, [3, 1, 2, 0]);
    const large = resizeBilinear(batch as tf.Tensor4D, [height, width], false, true);
    const flat = tf.reshape(large, [channels.length, height * width]);
    const lowest = tf.min(flat, 1, true);
    const range = tf.sub(tf.max(flat, 1, true), lowest);
    // What does not vary is divided by 1: `divNoNan` would compare every pixel with 0, by its coordinates on WebAssembly.
    const divisor = tf.add(range, tf.cast(tf.equal(range, 0), 'float32'));
    const mask = tf.div(tf.sub(flat, lowest), divisor);
    return tf.mul(input, tf.reshape(mask, [channels.length, height, width, 1]));
  });
}

function softmax(scores: Float64Array): Float32Array {
  const highest = scores.reduce((a, b) => Math.max(a, b));
  const exponentials = scores.map((score) => Math.exp(score - highest));
  const sum = exponentials.reduce((a, b) => a + b);
  return Float32Array.from(exponentials, (value) => value / sum);
}
