import * as tf from '@tensorflow/tfjs-core';
import { spatialMean } from '../backend/kernels/spatial-mean';

/** Sum over height and width: [1, h, w, c] to [1, 1, 1, c]. */
export function spatialSum(x: tf.Tensor4D): tf.Tensor4D {
  const [, height, width] = x.shape;
  return tf.tidy(() => tf.mul(spatialMean(x), height * width));
}
