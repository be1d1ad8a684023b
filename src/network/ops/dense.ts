import * as tf from '@tensorflow/tfjs-core';
import { isChosenAsForOnePicture } from '../../backend/fast-convolution/choose-kernel';
import { counted } from '../../text/counted';
import { type Activation, activationFunction, pushThrough } from './activation';
import {
  type Along,
  MisfitError,
  type Operation,
  readsNothing,
  readsOutput,
  type Shape,
  type Shaped,
} from './operation';
import { bendOf, fusedBiases, hasBias } from './tangents/fused-activation';

/** x K + b along the last axis. */
export interface DenseSpec<W> {
  readonly type: 'dense';
  /** [c_in, c_out] */
  readonly kernel: W;
  /** [c_out] */
  readonly bias: W | null;
  readonly activation: Activation<W>;
}

export function denseShape({ kernel, bias }: DenseSpec<Shaped>, [input]: readonly Shape[]): Shape {
  const [depth, out] = kernel.shape;
  if (kernel.shape.length !== 2 || depth !== input.at(-1)) {
    throw new MisfitError(`has a kernel of shape [${kernel.shape}], which does not fit its input [${input}]`);
  }
  if (bias && (bias.shape.length !== 1 || bias.shape[0] !== out)) {
    throw new MisfitError(`has a bias of shape [${bias.shape}] for ${counted(out, 'output')}`);
  }
  return [...input.slice(0, -1), out];
}

export function dense(spec: DenseSpec<tf.Tensor>): Operation {
  const kernel = spec.kernel as tf.Tensor2D;
  const [depth, out] = kernel.shape;
  const { apply, gradient } = activationFunction(spec.activation);
  const rows = (x: tf.Tensor) => tf.reshape(x, [-1, depth]) as tf.Tensor2D;
  const linearly = ([x]: tf.Tensor[], { shape }: tf.Tensor) =>
    tf.reshape(timesKernel(rows(x), kernel, null, x.shape[0]), shape);
  const transposed = (before: tf.Tensor, x: tf.Tensor) =>
    tf.reshape(timesTransposed(tf.reshape(before, [-1, out]) as tf.Tensor2D, kernel, x.shape[0]), x.shape);
  const bent = bendOf(spec.activation);
  return {
    forward: ([x]) =>
      tf.tidy(() => {
        const sum = timesKernel(rows(x), kernel, spec.bias, x.shape[0]);
        return apply(tf.reshape(sum, [...x.shape.slice(0, -1), out]));
      }),
    push: ([v], _, y) => tf.tidy(() => pushThrough(spec.activation, gradient.pull, linearly([v], y), y)),
    ...(hasBias(spec.activation, spec.bias) && { biases: fusedBiases(spec.activation, spec.bias, linearly) }),
    backwardReads: spec.activation.name === 'linear' ? readsNothing : readsOutput,
    backward: (dy, [x], y) => tf.tidy(() => [transposed(gradient.pull(dy, y), x)]),
    ...(bent && {
      bend: (dy: tf.Tensor, along: Along) => tf.tidy(() => [transposed(bent(dy, along), along.inputs[0])]),
    }),
  };
}

/**
 * Whether rows are multiplied one by one: a single row has a kernel of its own on WebAssembly, which sums otherwise. Each picture of
 * a batch goes through it where all are to get the numbers that they get alone. Several rows of a picture get the same
 * numbers however many there are.
 */
const isRowByRow = (rows: number, pictures: number) =>
  rows > 1 && rows === pictures && isChosenAsForOnePicture();

/** x K + b */
function timesKernel(
  x: tf.Tensor2D,
  kernel: tf.Tensor2D,
  bias: tf.Tensor | null,
  pictures: number,
): tf.Tensor {
  const rows = x.shape[0];
  if (rows > 1 && rows !== pictures && bias) return tf.fused.matMul({ a: x, b: kernel, bias });
  const product = isRowByRow(rows, pictures)
    ? tf.concat(tf.split(x, rows).map((row) => tf.matMul(row, kernel)))
    : tf.matMul(x, kernel);
  return bias ? tf.add(product, bias) : product;
}

/** dy K^T */
function timesTransposed(dy: tf.Tensor2D, kernel: tf.Tensor2D, pictures: number): tf.Tensor2D {
  const rows = dy.shape[0];
  if (!isRowByRow(rows, pictures)) return tf.matMul(dy, kernel, false, true);
  return tf.concat(tf.split(dy, rows).map((row) => tf.matMul(row, kernel, false, true)));
}
