import * as tf from '@tensorflow/tfjs-core';
import { counted } from '../../text/counted';
import type { Activation } from '../fast-convolution/geometry';
import type { TensorMemory } from '../memory/tensor-memory';
import { floatsOf, type KernelParameters, makeFloats, runKernel } from './replace-kernel';

/** Activations and biases behind convolutions and products. */

/** TensorFlow.js' names of the activations that the kernels know. */
const own: Partial<Record<string, Activation>> = { linear: 'linear', relu: 'relu', relu6: 'relu6' };

/** Kernels of the others, with what they read. */
const others: Record<string, (x: tf.TensorInfo, parameters: KernelParameters) => tf.TensorInfo> = {
  elu: (x, { backend }) => runKernel(tf.Elu, { x }, {}, backend),
  sigmoid: (x, { backend }) => runKernel(tf.Sigmoid, { x }, {}, backend),
  leakyrelu: (x, { attrs, backend }) =>
    runKernel(tf.LeakyRelu, { x }, { alpha: (attrs as tf._FusedMatMulAttrs).leakyreluAlpha }, backend),
  prelu: (x, { inputs, backend }) =>
    runKernel(tf.Prelu, { x, alpha: inputs.preluActivationWeights }, {}, backend),
};

/** What `compute` makes with an activation that it knows, and behind it the one that a fused kernel is asked for. */
export function withActivation(
  parameters: KernelParameters,
  compute: (activation: Activation) => tf.TensorInfo,
): tf.TensorInfo {
  const { activation = 'linear' } = parameters.attrs as Partial<tf._FusedMatMulAttrs>;
  const known = own[activation];
  if (known) return compute(known);
  const other = others[activation];
  if (!other) throw new Error(`There is no activation ${activation} on WebAssembly.`);
  const sums = compute('linear');
  const result = other(sums, parameters);
  (parameters.backend as TensorMemory).disposeData(sums.dataId);
  return result;
}

/** Calls `compute` with a bias for every channel: one number stands for all of them. */
export function withBias(
  backend: unknown,
  bias: tf.TensorInfo | undefined,
  channels: number,
  compute: (bias?: tf.TensorInfo) => tf.TensorInfo,
): tf.TensorInfo {
  const size = bias ? tf.util.sizeFromShape(bias.shape) : channels;
  if (!bias || size === channels) return compute(bias);
  if (size !== 1) {
    throw new Error(`A bias of ${counted(size, 'number')} does not fit ${counted(channels, 'channel')}.`);
  }
  const vector = makeFloats(backend, [channels]);
  floatsOf(backend, vector).fill(floatsOf(backend, bias)[0]);
  const result = compute(vector);
  (backend as TensorMemory).disposeData(vector.dataId);
  return result;
}
