import * as tf from '@tensorflow/tfjs-core';
import { batchNormalisation } from '../layout';
import { activate, pullActivation } from './activation';
import type { Activation, LayerRun, WeightOf } from './run';

/**
 * Batch normalisation by the batch's own statistics (Ioffe and Szegedy 2015), `y = (x - mean) r scale + offset` with
 * `r = 1 / sqrt(variance + epsilon)`, and the activation behind it. The gradient towards x is
 * `scale r (dy - mean(dy) - (x - mean) r^2 mean(dy (x - mean)))`, means over the batch and all places.
 */
export function runNormalisation(x: tf.Tensor4D, weight: WeightOf, activation: Activation): LayerRun {
  const scale = weight('scale') as tf.Tensor1D;
  const { epsilon } = batchNormalisation;
  const [mean, variance] = tf.tidy(() => {
    const centre = tf.mean(x, [0, 1, 2]) as tf.Tensor1D;
    return [centre, tf.mean(tf.square(tf.sub(x, centre)), [0, 1, 2]) as tf.Tensor1D];
  });
  const normalised = tf.tidy(() =>
    tf.batchNorm4d(x, mean, variance, weight('offset') as tf.Tensor1D, scale, epsilon),
  );
  const output = activate(normalised, activation);
  return {
    output,
    statistics: { mean, variance },
    pull: (gradient) => {
      const count = x.size / x.shape[3];
      const [dx, ofScale, ofOffset] = tf.tidy(() => {
        const dy = pullActivation(gradient, output, activation);
        const root = tf.rsqrt(tf.add(variance, epsilon));
        const centred = tf.sub(x, mean);
        const offsetGradient = tf.sum(dy, [0, 1, 2]);
        const product = tf.sum(tf.mul(dy, centred), [0, 1, 2]);
        const slope = tf.mul(tf.square(root), tf.div(product, count));
        const inner = tf.sub(tf.sub(dy, tf.div(offsetGradient, count)), tf.mul(centred, slope));
        return [tf.mul(inner, tf.mul(scale, root)), tf.mul(root, product), offsetGradient];
      });
      return { inputs: [dx], weights: { scale: ofScale, offset: ofOffset } };
    },
  };
}
