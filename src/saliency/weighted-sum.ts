import * as tf from '@tensorflow/tfjs-core';

/**
 * relu(sum_k w_k A_k): how most methods put a layer's channels together.
 * @param activation A, [1, h, w, c]
 * @param weights w, c of them in any shape
 * @returns [h, w], not normalised
 */
export function weightedSum(activation: tf.Tensor4D, weights: tf.Tensor): tf.Tensor2D {
  const [, height, width, channels] = activation.shape;
  return tf.tidy(() => {
    const columns = tf.reshape(activation, [height * width, channels]);
    const sum = tf.matMul(columns, tf.reshape(weights, [channels, 1]));
    return tf.reshape(tf.relu(sum), [height, width]) as tf.Tensor2D;
  });
}
