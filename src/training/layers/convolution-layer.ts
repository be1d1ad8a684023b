import * as tf from '@tensorflow/tfjs-core';
import { convolutionFilterGradient, trainingConvolution } from '../../backend/kernels/training-kernels';
import type { LayerOf } from '../architecture/parameter-layout';
import { beforeActivation, inKernel, outsideKernel } from './activation-layer';
import type { Activation, LayerRun, WeightOf } from './run-layers';

/** Convolution with its bias, where it has one, and the activation behind it. */
export function runConvolution(
  layer: LayerOf<'convolution'>,
  x: tf.Tensor4D,
  weight: WeightOf,
  activation: Activation,
): LayerRun {
  const filter = weight('filter') as tf.Tensor4D;
  const biased = layer.weights.some(({ role }) => role === 'bias');
  const strides: [number, number] = [layer.stride, layer.stride];
  const { padding } = layer;
  const bias = biased ? (weight('bias') as tf.Tensor1D) : undefined;
  const convolved = tf.tidy(() =>
    trainingConvolution(x, filter, strides, padding, { bias, activation: inKernel(activation) }),
  );
  const output = outsideKernel(convolved, activation);
  return {
    output,
    pull: (gradient, towardsInput) =>
      beforeActivation(gradient, output, activation, (change) => {
        const dy = change as tf.Tensor4D;
        const input = towardsInput ? inputGradient(dy, filter, x.shape, strides, padding) : null;
        const ofFilter = tf.tidy(() => convolutionFilterGradient(x, dy, filter.shape, strides, padding));
        const ofBias = biased ? { bias: tf.tidy(() => tf.sum(dy, [0, 1, 2])) } : {};
        return { inputs: [input], weights: { filter: ofFilter, ...ofBias } };
      }),
  };
}

const inputGradient = (
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: tf.Tensor4D['shape'],
  strides: [number, number],
  pad: 'same' | 'valid',
) =>
  tf.tidy(
    () =>
      tf
        .engine()
        .runKernel(
          tf.Conv2DBackpropInput,
          { dy, filter },
          { inputShape, strides, pad, dataFormat: 'NHWC' },
        ) as tf.Tensor,
  );
