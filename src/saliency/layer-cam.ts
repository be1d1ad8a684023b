import * as tf from '@tensorflow/tfjs-core';
import { hiResCam } from './hires-cam';

/**
 * LayerCAM of one layer: relu(sum_k relu(g_k) * A_k), HiResCAM with the positive gradients only
 * (Jiang et al. 2021, equations 5 to 7). Shapes as in `gradCam`.
 */
export function layerCam(activation: tf.Tensor4D, gradient: tf.Tensor4D): tf.Tensor2D {
  return tf.tidy(() => hiResCam(activation, tf.relu(gradient)));
}
