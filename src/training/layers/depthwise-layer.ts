import * as tf from '@tensorflow/tfjs-core';
import type { LayerOf } from '../architecture/parameter-layout';
import { beforeActivation, inKernel, outsideKernel } from './activation-layer';
import type { Activation, LayerRun, WeightOf } from './run-layers';

/** Convolution of every channel by itself, with its bias, where it has one, and the activation behind it. */
export function runDepthwise(
  layer: LayerOf<'depthwise'>,
  x: tf.Tensor4D,
  weight: WeightOf,
  activation: Activation,
): LayerRun {
  const filter = weight('depthwise') as tf.Tensor4D;
  const biased = layer.weights.some(({ role }) => role === 'bias');
  const windows = { strides: [layer.stride, layer.stride] as [number, number], pad: layer.padding };
  const bias = biased ? (weight('bias') as tf.Tensor1D) : undefined;
  const convolved = tf.tidy(() =>
    tf.fused.depthwiseConv2d({ x, filter, bias, ...windows, activation: inKernel(activation) }),
  );
  const output = outsideKernel(convolved, activation);
  const attributes = { ...windows, dilations: [1, 1] };
  const run = (name: string, inputs: tf.NamedTensorMap, shapes: tf.NamedAttrMap) =>
    tf.tidy(() => tf.engine().runKernel(name, inputs, { ...attributes, ...shapes }) as tf.Tensor);
  return {
    output,
    pull: (gradient, towardsInput) =>
      beforeActivation(gradient, output, activation, (dy) => {
        const dx = towardsInput
          ? run(tf.DepthwiseConv2dNativeBackpropInput, { dy, filter }, { inputShape: x.shape })
          : null;
        const ofFilter = run(
          tf.DepthwiseConv2dNativeBackpropFilter,
          { x, dy },
          { filterShape: filter.shape },
        );
        const ofBias = biased ? { bias: tf.tidy(() => tf.sum(dy, [0, 1, 2])) } : {};
        return { inputs: [dx], weights: { depthwise: ofFilter, ...ofBias } };
      }),
  };
}
