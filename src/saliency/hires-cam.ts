import * as tf from '@tensorflow/tfjs-core';

/**
 * HiResCAM of one layer: relu(sum_k g_k * A_k), the gradient at every place instead of its mean
 * (Draelos and Carin 2020, equation 4). Shapes as in `gradCam`.
 */
export function hiResCam(activation: tf.Tensor4D, gradient: tf.Tensor4D): tf.Tensor2D {
  const [, height, width] = activation.shape;
  return tf.tidy(() => {
    const sum = tf.sum(tf.mul(gradient, activation), 3);
    return tf.reshape(tf.relu(sum), [height, width]) as tf.Tensor2D;
  });
}
