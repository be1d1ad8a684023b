import * as tf from '@tensorflow/tfjs-core';

/**
 * Grad-CAM element-wise of one layer: sum_k relu(g_k * A_k), HiResCAM with the rectifier before the sum, so that nothing
 * that speaks against the class is taken off what speaks for it (pytorch-grad-cam, `GradCAMElementWise`). Shapes as in `gradCam`.
 */
export function gradCamElementwise(activation: tf.Tensor4D, gradient: tf.Tensor4D): tf.Tensor2D {
  const [, height, width] = activation.shape;
  return tf.tidy(() => {
    const sum = tf.sum(tf.relu(tf.mul(gradient, activation)), 3);
    return tf.reshape(sum, [height, width]) as tf.Tensor2D;
  });
}
