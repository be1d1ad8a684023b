import * as tf from '@tensorflow/tfjs-core';
import { spatialSum } from './spatial-sum';
import { weightedSum } from './weighted-sum';

/**
 * XGrad-CAM of one layer: relu(sum_k w_k A_k), w_k = sum_ij (g_k A_k) / sum_ij A_k, and 0 where the
 * denominator is 0 (Fu et al. 2020, equation 11). Shapes as in `gradCam`.
 */
export function xGradCam(activation: tf.Tensor4D, gradient: tf.Tensor4D): tf.Tensor2D {
  return tf.tidy(() => weightedSum(activation, xGradCamWeights(activation, gradient)));
}

/** w, [1, 1, 1, c]. */
export function xGradCamWeights(activation: tf.Tensor4D, gradient: tf.Tensor4D): tf.Tensor {
  return tf.tidy(() => {
    const numerator = spatialSum(tf.mul(gradient, activation));
    return tf.divNoNan(numerator, spatialSum(activation));
  });
}
