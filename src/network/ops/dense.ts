import * as tf from '@tensorflow/tfjs-core';
import { gatedInputGradient } from '../../backend/fast-convolution';
import { isChosenAsForOnePicture } from '../../backend/fast-convolution/choose-kernel';
import { counted } from '../../text/counted';
import { type Activation, activationFunction } from './activation';
import { MisfitError, type Operation, type Shape, type Shaped } from './operation';

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
  return {
    forward: ([x]) =>
      tf.tidy(() => {
        const product = timesKernel(tf.reshape(x, [-1, depth]) as tf.Tensor2D, kernel, x.shape[0]);
        const sum = spec.bias ? tf.add(product, spec.bias) : product;
        return apply(tf.reshape(sum, [...x.shape.slice(0, -1), out]));
      }),
    backward: (dy, [x], y) =>
      tf.tidy(() => {
        const before = tf.reshape(gradient.pull(dy, y), [-1, out]) as tf.Tensor2D;
        return [tf.reshape(timesTransposed(before, kernel, x.shape[0]), x.shape)];
      }),
  };
}

/**
 * x K. Where a picture has one row, a single row has a kernel of its own on WebAssembly, which sums otherwise: each picture of a
 * batch goes through it where all are to get the numbers that they get alone. Several rows of a picture are the places of a
 * convolution of one place.
 */
function timesKernel(x: tf.Tensor2D, kernel: tf.Tensor2D, pictures: number): tf.Tensor {
  const rows = x.shape[0];
  if (rows !== pictures && tf.getBackend() === 'wasm') {
    const places = tf.reshape(x, [1, 1, rows, -1]) as tf.Tensor4D;
    return tf.reshape(tf.conv2d(places, asFilter(kernel), 1, 'valid'), [rows, -1]);
  }
  if (rows === 1 || rows !== pictures || !isChosenAsForOnePicture()) return tf.matMul(x, kernel);
  return tf.concat(tf.split(x, rows).map((row) => tf.matMul(row, kernel)));
}

/**
 * dy K^T: [n, c_out] times [c_in, c_out] transposed. Where a picture has one row, as K dy^T row by row on WebAssembly: its
 * fast product takes plain factors only (the transposed one is a loop of 2.5 times its time), and so each picture of a
 * batch gets the very numbers that it gets alone. Where it has several, as the gradient of a convolution of one place, which
 * reads the same packed kernel as the forward pass.
 */
function timesTransposed(dy: tf.Tensor2D, kernel: tf.Tensor2D, pictures: number): tf.Tensor2D {
  const rows = dy.shape[0];
  const isWasm = tf.getBackend() === 'wasm';
  if (rows === 1 || (rows === pictures && isWasm)) {
    const products = tf
      .split(dy, rows)
      .map((row) => tf.reshape(tf.matMul(kernel, tf.reshape(row, [-1, 1])), [1, -1]) as tf.Tensor2D);
    return rows === 1 ? products[0] : tf.concat(products);
  }
  if (!isWasm) return tf.matMul(dy, kernel, false, true);
  const [depth, out] = kernel.shape;
  const places = tf.reshape(dy, [1, 1, rows, out]) as tf.Tensor4D;
  const filter = asFilter(kernel);
  const gradient = gatedInputGradient(places, filter, [1, 1, rows, depth], onePlace);
  if (gradient) return tf.reshape(gradient, [rows, depth]) as tf.Tensor2D;
  return tf.matMul(dy, tf.transpose(kernel));
}

/** A kernel as the filter of a convolution of one place; it shares the kernel's data, by which its packed form is kept. */
const asFilter = (kernel: tf.Tensor2D) => tf.reshape(kernel, [1, 1, ...kernel.shape]) as tf.Tensor4D;

const onePlace = { strides: 1, padding: 'valid' } as const;
