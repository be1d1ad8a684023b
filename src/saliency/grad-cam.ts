import * as tf from '@tensorflow/tfjs-core';
import { channelSum } from '../backend/kernels/channel-sum';
import { spatialMean } from '../backend/kernels/spatial-mean';
import { weightedSum } from './weighted-sum';

/**
 * Grad-CAM of one layer: relu(sum_k w_k A_k), w_k the mean of the gradient over the map
 * (Selvaraju et al. 2017, equations 1 and 2).
 * @param activation A, [1, h, w, c]
 * @param gradient dy/dA of the class logit, [1, h, w, c]
 * @returns [h, w], not normalised
 */
export function gradCam(activation: tf.Tensor4D, gradient: tf.Tensor4D): tf.Tensor2D {
  return channelSum(activation, gradient) ?? tf.tidy(() => weightedSum(activation, spatialMean(gradient)));
}
