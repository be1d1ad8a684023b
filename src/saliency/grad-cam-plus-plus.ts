import * as tf from '@tensorflow/tfjs-core';
import { spatialSum } from './spatial-sum';
import { weightedSum } from './weighted-sum';

/**
 * Grad-CAM++ of one layer: relu(sum_k w_k A_k), w_k = sum_ij a_ijk relu(g_ijk) with
 * a = g^2 / (2 g^2 + (sum_ij A_k) g^3) (Chattopadhay et al. 2018, equation 19, for a score that enters as exp(y)).
 *
 * Computed as a = 1 / (2 + (sum_ij A_k) g), which is the same wherever g is not 0: float32 holds no third
 * power of a gradient of 1e-13, and an epsilon of 1e-6 in the denominator, which other implementations add, outweighs
 * 2 g^2 for gradients below 7e-4. Where the denominator is 0, a is 0.
 * Shapes as in `gradCam`.
 */
export function gradCamPlusPlus(activation: tf.Tensor4D, gradient: tf.Tensor4D): tf.Tensor2D {
  return tf.tidy(() => weightedSum(activation, gradCamPlusPlusWeights(activation, gradient)));
}

/** w, [1, 1, 1, c]. */
export function gradCamPlusPlusWeights(activation: tf.Tensor4D, gradient: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => {
    const denominator = tf.add(tf.mul(spatialSum(activation), gradient), 2);
    return spatialSum(tf.divNoNan(tf.relu(gradient), denominator) as tf.Tensor4D);
  });
}
