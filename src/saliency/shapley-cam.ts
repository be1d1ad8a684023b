import * as tf from '@tensorflow/tfjs-core';
import { gradientAlong } from '../network/hessian-times';
import type { ChannelPasses } from './channel-passes';
import { assertMovesKnown } from './known-derivatives';

/**
 * Weights of Shapley-CAM: w_k = (1/N) sum_ij (g - H A / 2)_ijk, g the gradient and H the Hessian of the score by the activations A: the
 * Shapley value of each channel, the score taken to second order (Cai 2025; pytorch-grad-cam, `ShapleyCAM`). Where all behind the layer
 * is linear piece by piece H is 0 almost everywhere, and these are the weights of Grad-CAM.
 */
export async function shapleyCamWeights(passes: ChannelPasses): Promise<Float32Array> {
  const { network, node, activation, outputs, score, checkpoint, onChannels } = passes;
  assertMovesKnown(network);
  const { gradient, change } = await gradientAlong(network, {
    ...{ from: node, direction: activation, outputs, score, checkpoint },
  });
  const weights = tf.tidy(() => {
    const value = change ? tf.sub(gradient, tf.div(change, 2)) : gradient;
    return tf.reshape(tf.mean(value, [1, 2]), [-1]);
  });
  try {
    const numbers = (await weights.data()) as Float32Array;
    onChannels(numbers.length, numbers.length);
    return Float32Array.from(numbers);
  } finally {
    tf.dispose([gradient, change, weights].filter((tensor) => tensor !== null));
  }
}
