import * as tf from '@tensorflow/tfjs-core';
import type { LayerOf } from '../layout';
import { pullActivation } from './activation';
import type { Activation, LayerRun, WeightOf } from './run';

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
  const output = tf.tidy(() => {
    const convolved = tf.fused.conv2d({
      x,
      filter,
      bias: biased ? (weight('bias') as tf.Tensor1D) : undefined,
      strides,
      pad: layer.padding,
      activation: activation === 'relu' ? 'relu' : 'linear',
    });
    return activation === 'tanh' ? tf.tanh(convolved) : convolved;
  });
  const attributes = { strides, pad: layer.padding, dataFormat: 'NHWC' };
  return {
    output,
    pull: (gradient, towardsInput) => {
      const dy = pullActivation(gradient, output, activation) as tf.Tensor4D;
      try {
        const input = towardsInput
          ? kernel(tf.Conv2DBackpropInput, { dy, filter }, { ...attributes, inputShape: x.shape })
          : null;
        const ofFilter = kernel(
          tf.Conv2DBackpropFilter,
          { x, dy },
          { ...attributes, filterShape: filter.shape },
        );
        const bias = biased ? { bias: tf.tidy(() => tf.sum(dy, [0, 1, 2])) } : {};
        return { inputs: [input], weights: { filter: ofFilter, ...bias } };
      } finally {
        dy.dispose();
      }
    },
  };
}

const kernel = (name: string, inputs: tf.NamedTensorMap, attributes: object) =>
  tf.tidy(() => tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as tf.Tensor);
