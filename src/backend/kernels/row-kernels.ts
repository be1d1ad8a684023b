import * as tf from '@tensorflow/tfjs-core';
import { bitsOf } from '../fast-convolution/geometry';
import { JobKind } from '../fast-convolution/kernel-exports';
import { machineOf } from '../fast-convolution/running';
import { type Kernel, makeFloats } from './replace-kernel';

/**
 * Softmax and layer normalisation along the last axes, and their gradients, each in one kernel on our own threads; see
 * `fast-convolution/assembly/rows.ts`. A row is summed by one thread, so no number depends on how many there are.
 */

/** Our names of the kernels; `smooth-operations.ts` says what they do. */
export const SOFTMAX_GRADIENT = 'SoftmaxGradient';
export const LAYER_NORMALISATION = 'LayerNormalisation';
export const LAYER_NORMALISATION_GRADIENT = 'LayerNormalisationGradient';

/** Numbers of a task at least: less is done before another thread wakes up. */
const SMALLEST_TASK = 2 ** 13;

interface Rows {
  /** Of a gradient of softmax, its output. */
  input: tf.TensorInfo;
  /** Gradient of the output. */
  change?: tf.TensorInfo;
  scale?: tf.TensorInfo;
  shift?: tf.TensorInfo;
  epsilon?: number;
}

function perform(kind: JobKind, backend: unknown, length: number, work: Rows): tf.TensorInfo {
  const machine = machineOf(backend);
  const { input, change, scale, shift, epsilon = 0 } = work;
  const output = makeFloats(backend, input.shape);
  const size = tf.util.sizeFromShape(input.shape);
  if (size === 0) return output;
  const rows = size / length;
  const tasks = Math.max(1, Math.min(4 * machine.threads, Math.floor(size / SMALLEST_TASK)));
  const block = Math.ceil(rows / tasks);
  const addressOf = (tensor?: tf.TensorInfo) => (tensor ? machine.addressOf(tensor) : 0);
  machine.perform(
    kind,
    [
      ...[rows, length, block, addressOf(input), addressOf(change), addressOf(output)],
      ...[addressOf(scale), addressOf(shift), bitsOf(epsilon)],
    ],
    Math.ceil(rows / block),
  );
  return output;
}

/** `Softmax`, along the last axis. */
export const softmaxKernel: Kernel = ({ inputs: { logits }, attrs, backend }) => {
  const { dim } = attrs as tf.SoftmaxAttrs;
  const last = logits.shape.length - 1;
  if (dim !== -1 && dim !== last) throw new Error(`There is no softmax along axis ${dim} of ${last + 1}.`);
  return perform(JobKind.softmax, backend, logits.shape[last] ?? 1, { input: logits });
};

/** Inputs dy and y, the output of the softmax. */
export const softmaxGradientKernel: Kernel = ({ inputs: { dy, y }, backend }) =>
  perform(JobKind.softmaxGradient, backend, y.shape.at(-1) as number, { input: y, change: dy });

export interface LayerNormalisationAttributes {
  /** Numbers of a row. */
  length: number;
  epsilon: number;
}

/** Inputs x and, where they are, scale and shift of a row. */
export const layerNormalisationKernel: Kernel = ({ inputs: { x, scale, shift }, attrs, backend }) => {
  const { length, epsilon } = attrs as LayerNormalisationAttributes;
  return perform(JobKind.layerNorm, backend, length, { input: x, scale, shift, epsilon });
};

/** Inputs dy, x and, where it is, the scale. */
export const layerNormalisationGradientKernel: Kernel = ({ inputs: { dy, x, scale }, attrs, backend }) => {
  const { length, epsilon } = attrs as LayerNormalisationAttributes;
  return perform(JobKind.layerNormGradient, backend, length, { input: x, change: dy, scale, epsilon });
};
