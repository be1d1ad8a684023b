import * as tf from '@tensorflow/tfjs-core';
import { type Activation, activationCode, FLOAT, panelsOf } from '../fast-convolution/geometry';
import { JobKind } from '../fast-convolution/kernel-exports';
import type { Machine } from '../fast-convolution/machine';
import { machineOf } from '../fast-convolution/running';
import { broadcastSteps } from '../general/walks';
import { withActivation, withBias } from './fused-activations';
import { timesMatrix, timesVector } from './matrix-vector';
import { type Kernel, makeFloats } from './replace-kernel';

/**
 * Products of matrices on the threads of our own kernels, either factor turned, batches broadcast; see
 * `fast-convolution/assembly/product.ts`. Those of one row or one column have kernels of their own, which read the matrix once as it
 * lies.
 */

/** A product as it is asked for. */
interface Product {
  a: tf.TensorInfo;
  b: tf.TensorInfo;
  turned: [boolean, boolean];
  /** Of one product: [rows, depth] times [depth, columns]. */
  rows: number;
  depth: number;
  columns: number;
  /** Axes in front of the last two, broadcast. */
  batch: number[];
}

function productOf(a: tf.TensorInfo, b: tf.TensorInfo, turnedA: boolean, turnedB: boolean): Product {
  if (a.dtype !== 'float32' || b.dtype !== 'float32') {
    throw new Error(`Matrices of ${a.dtype} and ${b.dtype} are not multiplied on WebAssembly.`);
  }
  const faces = (shape: number[], turned: boolean) => (turned ? shape.slice(-2).reverse() : shape.slice(-2));
  const [rows, depth] = faces(a.shape, turnedA);
  const [height, columns] = faces(b.shape, turnedB);
  tf.util.assert(
    depth === height,
    () =>
      `Error in matMul: inner shapes (${depth}) and (${height}) of Tensors with shapes ${a.shape} and ` +
      `${b.shape} and transposeA=${turnedA} and transposeB=${turnedB} must match.`,
  );
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
  return { a, b, turned: [turnedA, turnedB], rows, depth, columns, batch };
}

/** `BatchMatMul`. */
export const matrixProductKernel: Kernel = ({ inputs, attrs, backend }) => {
  const { transposeA, transposeB } = attrs as tf.BatchMatMulAttrs;
  return multiply(machineOf(backend), productOf(inputs.a, inputs.b, transposeA, transposeB));
};

/** `_FusedMatMul`: with bias and activation. */
export const fusedMatrixProductKernel: Kernel = (parameters) => {
  const { inputs, attrs, backend } = parameters;
  const { transposeA, transposeB } = attrs as tf._FusedMatMulAttrs;
  const product = productOf(inputs.a, inputs.b, transposeA, transposeB);
  return withActivation(parameters, (activation) =>
    withBias(backend, inputs.bias, product.columns, (bias) =>
      multiply(machineOf(backend), product, bias, activation),
    ),
  );
};

/** Rows of a block at most: with their products they stay in the second cache. */
const MOST_ROWS = 256;
/** Panels of a strip at most, likewise. */
const MOST_PANELS = 16;
/** Multiplications of a task at least: less is done before another thread wakes up. */
const SMALLEST_TASK = 2 ** 17;

function multiply(
  machine: Machine,
  product: Product,
  bias?: tf.TensorInfo,
  activation: Activation = 'linear',
) {
  const { a, b, turned, rows, depth, columns, batch } = product;
  const output = makeFloats(machine.backend, [...batch, rows, columns]);
  const products = tf.util.sizeFromShape(batch);
  if (products * rows * columns === 0) return output;
  const hasMore = bias !== undefined || activation !== 'linear';
  // Not of a batch of one: each of its products is to have the digits that it has in a larger one.
  if (batch.length === 0 && depth > 0 && !hasMore && (rows === 1 || columns === 1)) {
    // A vector lies the same either way round.
    const [matrix, vector, lies] = columns === 1 ? [a, b, !turned[0]] : [b, a, turned[1]];
    const [height, width] = matrix.shape.slice(-2);
    (lies ? timesVector : timesMatrix)(
      machine,
      { values: matrix, rows: height, columns: width },
      vector,
      output,
    );
    return output;
  }
  const blocks = Math.ceil(rows / MOST_ROWS);
  const panels = panelsOf(columns);
  const strips = stripsOf(machine, products * blocks, panels);
  const pieces = products * blocks * strips;
  const ofPiece = Math.ceil(rows / blocks) * depth * Math.ceil(columns / strips);
  const together = Math.min(Math.ceil(SMALLEST_TASK / Math.max(1, ofPiece)), pieces);
  machine.lend(2 * products * FLOAT, (places) => {
    machine.integers(places, 2 * products).set(placesOf(batch, a.shape.slice(0, -2), b.shape.slice(0, -2)));
    machine.perform(
      JobKind.product,
      [
        ...[rows, depth, columns, turned[0] ? 1 : 0, turned[1] ? 1 : 0],
        ...[machine.addressOf(a), machine.addressOf(b), places],
        bias ? machine.addressOf(bias) : 0,
        ...[activationCode[activation], machine.addressOf(output)],
        ...[Math.ceil(rows / blocks / 4) * 4, blocks, Math.ceil(panels / strips), strips],
        ...[pieces, together],
      ],
      Math.ceil(pieces / together),
    );
  });
  return output;
}

/** Strips of a product: so many that every thread has two pieces of work, if there are panels for them. */
function stripsOf(machine: Machine, others: number, panels: number): number {
  const wanted = machine.threads > 1 ? Math.ceil((2 * machine.threads) / others) : 1;
  const fewest = Math.ceil(panels / MOST_PANELS);
  const strips = Math.min(panels, Math.max(fewest, wanted));
  // Strips of equal width may be fewer.
  return Math.ceil(panels / Math.ceil(panels / strips));
}

/** For every product of a batch, which matrix of a and which of b it takes. */
function placesOf(batch: readonly number[], a: readonly number[], b: readonly number[]): number[] {
  let places = [[0, 0]];
  const [ofA, ofB] = [broadcastSteps(a, batch), broadcastSteps(b, batch)];
  batch.forEach((size, axis) => {
    const [stepA, stepB] = [ofA[axis], ofB[axis]];
    places = places.flatMap(([inA, inB]) =>
      Array.from({ length: size }, (_, i) => [inA + i * stepA, inB + i * stepB]),
    );
  });
  return places.flat();
}
