import type * as tf from '@tensorflow/tfjs-core';
import { bitsOf, FLOAT } from '../fast-convolution/geometry';
import { JobKind } from '../fast-convolution/kernel-exports';
import type { Machine } from '../fast-convolution/machine';

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

/** The number of sums among reductions; numbers of one task side by side are a multiple of so many. */
const SUM = 0;
const LANES = 16;

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
    // May write three numbers beyond the product, where nothing else lies.
    const together = [
      SUM,
      1,
      tasks,
      lanes,
      sums,
      machine.addressOf(product),
      bitsOf(1),
      Math.ceil(lanes / LANES) * LANES,
    ];
    machine.perform(JobKind.reduce, together, 1);
  });
}
