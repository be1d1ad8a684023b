import * as tf from '@tensorflow/tfjs-core';
import {
  activationGradient,
  adamStep,
  batchNormTraining,
  batchNormTrainingGradient,
  convolutionFilterGradient,
  trainingConvolution,
} from './kernels/training-kernels';
import { numbers } from './self-test-numbers';

/** What the self-test computes of `training-kernels.ts`, with gradients of its own, for no tape sees those kernels. */

const epsilon = 1e-3;

/** 3 x 3, stride 1, with bias and ReLU: on as many channels as Winograd's products begin with. */
const convolution = tf.customGrad((...all) => {
  const [x, filter, bias] = all as unknown as [tf.Tensor4D, tf.Tensor4D, tf.Tensor1D];
  const save = all[3] as unknown as (tensors: tf.Tensor[]) => void;
  const output = trainingConvolution(x, filter, 1, 'same', { bias, activation: 'relu' });
  save([x, filter, output]);
  const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
    const [x, filter, output] = saved as tf.Tensor4D[];
    const change = activationGradient(dy as tf.Tensor4D, output, 'relu');
    const attributes = { inputShape: x.shape, strides: [1, 1], pad: 'same', dataFormat: 'NHWC' };
    return [
      tf.engine().runKernel(tf.Conv2DBackpropInput, { dy: change, filter }, attributes) as tf.Tensor,
      convolutionFilterGradient(x, change, filter.shape, 1, 'same'),
      tf.sum(change, [0, 1, 2]),
    ];
  };
  return { value: output, gradFunc };
});

/** Sixteen channels from and to four, so that few numbers say much: repeated, and weighed differently. */
export function convolutionInTraining(x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  const weights = tf.mul(tf.tile(filter, [1, 1, 4, 4]), numbers([3, 3, 16, 16], 5));
  const y = convolution(tf.tile(x, [1, 1, 1, 4]), weights, tf.tile(bias, [4]));
  const weighed = tf.mul(y, numbers([1, 1, 1, 16], 6));
  return tf.mean(tf.reshape(weighed, [...y.shape.slice(0, 3), 4, 4]), 3);
}

/** With ReLU, by the statistics of the batch. */
export const batchNormalisationInTraining = tf.customGrad((...all) => {
  const [x, scale, offset] = all as unknown as [tf.Tensor4D, tf.Tensor1D, tf.Tensor1D];
  const save = all[3] as unknown as (tensors: tf.Tensor[]) => void;
  const { output, mean, variance } = batchNormTraining(x, scale, offset, epsilon, 'relu');
  save([x, mean, variance, scale, offset]);
  const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
    const x = saved[0];
    const [mean, variance, scale, offset] = saved.slice(1) as tf.Tensor1D[];
    const gate = { activation: 'relu', offset } as const;
    const { dx, dScale, dOffset } = batchNormTrainingGradient(dy, x, mean, variance, scale, epsilon, gate);
    return [dx, dScale, dOffset];
  };
  return { value: output, gradFunc };
});

/** The third step: value and moments, one after the other. */
export function stepOfAdam(
  value: tf.Tensor,
  gradient: tf.Tensor,
  first: tf.Tensor,
  root: tf.Tensor,
): tf.Tensor {
  const state = { value, first, second: tf.square(root) };
  const next = adamStep(state, gradient, { rate: 0.1, step: 3 });
  return tf.concat([next.value, next.first, next.second]);
}
