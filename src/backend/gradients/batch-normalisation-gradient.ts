import * as tf from '@tensorflow/tfjs-core';

/**
 * Gradients of batch normalisation, `y = (x - mean) * r * scale + offset` with `r = 1 / sqrt(variance + epsilon)`.
 *
 * TensorFlow.js computes each from full-size tensors and tiles the statistics to that size first, which took longer
 * than all convolutions of a training step. All but that of x follow from two sums over the batch: of dy, and
 * of dy * (x - mean). A scale must be given: TensorFlow.js fails to save a missing one.
 */
export const batchNormalisationGradient: tf.GradConfig = {
  kernelName: tf.FusedBatchNorm,
  inputsToSave: ['x', 'mean', 'variance', 'scale'],
  gradFunc: (output, saved, attrs) => {
    const dy = output as tf.Tensor;
    const [x, mean, variance, scale] = saved;
    const { varianceEpsilon } = attrs as unknown as tf.FusedBatchNormAttrs;
    const axes = tf.broadcast_util.getReductionAxes(mean.shape, x.shape);
    const overBatch = (values: tf.Tensor) => tf.reshape(tf.sum(values, axes), mean.shape);
    const [ofDy, ofProduct, r, factor] = tf.tidy(() => {
      const root = tf.rsqrt(tf.add(variance, varianceEpsilon));
      return [overBatch(dy), overBatch(tf.mul(dy, tf.sub(x, mean))), root, tf.mul(root, scale)];
    });
    return {
      x: () => tf.mul(dy, factor),
      mean: () => tf.neg(tf.mul(factor, ofDy)),
      variance: () => tf.mul(tf.mul(tf.mul(factor, tf.square(r)), -0.5), ofProduct),
      scale: () => tf.mul(r, ofProduct),
      offset: () => ofDy.clone(),
    };
  },
};
