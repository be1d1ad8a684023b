import * as tf from '@tensorflow/tfjs-core';
import { FLOAT } from '../fast-convolution/geometry';
import { JobKind } from '../fast-convolution/kernel-exports';
import type { Machine } from '../fast-convolution/machine';
import { floatsOf, type Kernel, makeFloats } from './replace-kernel';

/** Numbers in a matrix from which on two threads of XNNPACK are ahead of the loop, idle columns and all. */
const LARGE = 2 ** 22;

/**
 * Products of a matrix and a column where our own threads do not run, small ones in a loop; all others go to the stock kernel.
 * XNNPACK computes eight columns even where there is one, and packs it first.
 */
export function vectorProductKernel(stock: Kernel): Kernel {
  return (parameters) => {
    const { inputs, attrs, backend } = parameters;
    const { transposeA, transposeB } = attrs as tf.BatchMatMulAttrs;
    const { a, b } = inputs;
    const [rows, inner] = a.shape.slice(-2);
    const fits = a.dtype === 'float32' && b.dtype === 'float32' && !transposeA && !transposeB;
    const isColumn = b.size === inner && b.shape.at(-1) === 1 && a.size === rows * inner;
    if (!fits || !isColumn || a.size === 0 || a.size > LARGE) return stock(parameters);
    const batch = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
    const product = makeFloats(backend, [...batch, rows, 1]);
    multiply(floatsOf(backend, a), floatsOf(backend, b), floatsOf(backend, product));
    return product;
  };
}

/** A matrix as it lies in memory. */
interface Matrix {
  values: tf.TensorInfo;
  rows: number;
  columns: number;
}

/** Numbers of a task at least: less is done before another thread wakes up. */
const SMALLEST_TASK = 2 ** 14;

/** Tasks at most: as many as threads, so that all have work, and no more than their sums are added up in no time. */
const MOST_TASKS = 16;

/** Rows of a task, a multiple of the four that are computed at once; the same for any number of threads, and so are the sums. */
function rowsOfTask({ rows, columns }: Matrix): number {
  const tasks = Math.min(MOST_TASKS, Math.floor((rows * columns) / SMALLEST_TASK));
  return Math.ceil(rows / Math.max(1, tasks) / 4) * 4;
}

/** A matrix times a column, on all threads. */
export function timesVector(
  machine: Machine,
  matrix: Matrix,
  vector: tf.TensorInfo,
  product: tf.TensorInfo,
): void {
  const { values, rows, columns } = matrix;
  const block = rowsOfTask(matrix);
  const addresses = [values, vector, product].map(machine.addressOf);
  machine.perform(JobKind.matrixVector, [rows, columns, block, ...addresses], Math.ceil(rows / block));
}

/** A row times a matrix: every task adds up some rows of the matrix, as they lie in memory. */
export function timesMatrix(
  machine: Machine,
  matrix: Matrix,
  vector: tf.TensorInfo,
  product: tf.TensorInfo,
): void {
  const { values, rows, columns } = matrix;
  const block = rowsOfTask(matrix);
  const tasks = Math.ceil(rows / block);
  const lanes = Math.ceil(columns / 4) * 4;
  machine.lend(tasks * lanes * FLOAT, (sums) => {
    const addresses = [machine.addressOf(values), machine.addressOf(vector), sums];
    machine.perform(JobKind.vectorMatrix, [rows, columns, block, ...addresses], tasks);
    const [from, to] = [machine.floats(sums, tasks * lanes), floatsOf(machine.backend, product)];
    to.set(from.subarray(0, columns));
    for (let at = lanes; at < from.length; at += lanes) {
      for (let column = 0; column < columns; column++) to[column] += from[at + column];
    }
  });
}

/** product[r] = sum over k of matrix[r, k] * vector[k], in float64, four sums side by side. */
function multiply(matrix: Float32Array, vector: Float32Array, product: Float32Array): void {
  const inner = vector.length;
  const weights = Float64Array.from(vector);
  const whole = inner - (inner % 4);
  for (let row = 0, at = 0; row < product.length; row++) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let k = 0;
    for (; k < whole; k += 4, at += 4) {
      s0 += matrix[at] * weights[k];
      s1 += matrix[at + 1] * weights[k + 1];
      s2 += matrix[at + 2] * weights[k + 2];
      s3 += matrix[at + 3] * weights[k + 3];
    }
    for (; k < inner; k++, at++) s0 += matrix[at] * weights[k];
    product[row] = s0 + s1 + s2 + s3;
  }
}
