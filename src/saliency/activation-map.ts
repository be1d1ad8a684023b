import * as tf from '@tensorflow/tfjs-core';

/**
 * Mean absolute activation of one layer over its channels: what it answers to, whatever the class.
 * @param activation A, [1, h, w, c]
 * @returns [h, w], not normalised
 */
export function meanActivation(activation: tf.Tensor4D): tf.Tensor2D {
  const [, height, width] = activation.shape;
  return tf.tidy(() => tf.reshape(tf.mean(tf.abs(activation), 3), [height, width]) as tf.Tensor2D);
}
