import * as tf from '@tensorflow/tfjs-core';
import { spatialMean } from '../backend/kernels/spatial-mean';
import { weightedSum } from './weighted-sum';

/** Standard deviations above its mean from which on a place of a channel stands out. */
const SIGMAS = 2;

/**
 * FEM (feature explanation method) of one layer: relu(sum_k m_k B_k), m_k the mean of channel k and B_k its places of
 * at least m_k + 2 s_k, s_k its standard deviation (Fuad et al. 2020). Nothing stands out in a channel that is the same everywhere.
 * @param activation A, [1, h, w, c]
 * @returns [h, w], not normalised
 */
export function fem(activation: tf.Tensor4D): tf.Tensor2D {
  return tf.tidy(() => {
    const mean = spatialMean(activation);
    const deviation = tf.sqrt(spatialMean(tf.square(tf.sub(activation, mean))));
    const threshold = tf.add(mean, tf.mul(deviation, SIGMAS));
    const varies = tf.greater(tf.max(activation, [1, 2], true), tf.min(activation, [1, 2], true));
    const above = tf.cast(tf.greaterEqual(activation, threshold), 'float32') as tf.Tensor4D;
    return weightedSum(above, tf.mul(mean, tf.cast(varies, 'float32')));
  });
}
