import * as tf from '@tensorflow/tfjs-core';
import { activationCode, FLOAT, panelsOf } from '../fast-convolution/geometry';
import { JobKind } from '../fast-convolution/kernel-exports';
import type { Machine } from '../fast-convolution/machine';
import { machineOf } from '../fast-convolution/running';
import { broadcastSteps } from '../general/walks';
import { functionCode, type SmoothFunction } from './function-kernels';
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
      multiply(machineOf(backend), product, bias, activationCode[activation]),
    ),
  );
};

/** Our name of the kernel; `smooth-operations.ts` says what it does. */
export const BENT_PRODUCT = 'BentProduct';

/** Inputs a, b and, where it is, the bias. */
export const bentProductKernel: Kernel = ({ inputs: { a, b, bias }, attrs, backend }) => {
  const product = productOf(a, b, false, false);
  const { which } = attrs as { which: SmoothFunction };
  // The smooth functions are numbered behind what sums end with by themselves.
  const code = activationCode.relu6 + 1 + functionCode[which];
  return withBias(backend, bias, product.columns, (own) => multiply(machineOf(backend), product, own, code));
};

/** Rows of a block at most: with their products they stay in the second cache. */
const MOST_ROWS = 256;
/** Panels of a strip at most, likewise. */
const MOST_PANELS = 16;
/** Multiplications of a task at least: less is done before another thread wakes up. */
const SMALLEST_TASK = 2 ** 17;

/** How many pieces of so many multiplications one task does. */
export const piecesTogether = (pieces: number, ofPiece: number): number =>
  Math.min(Math.ceil(SMALLEST_TASK / Math.max(1, ofPiece)), pieces);

function multiply(
  machine: Machine,
  product: Product,
  bias?: tf.TensorInfo,
  activation: number = activationCode.linear,
) {
  const { a, b, turned, rows, depth, columns, batch } = product;
  const output = makeFloats(machine.backend, [...batch, rows, columns]);
  const products = tf.util.sizeFromShape(batch);
  if (products * rows * columns === 0) return output;
  const hasMore = bias !== undefined || activation !== activationCode.linear;
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
  const panels = panelsOf(columns);
  const { blocks, strips } = cutsOf(machine, products, rows, panels);
  const pieces = products * blocks * strips;
  const ofPiece = Math.ceil(rows / blocks) * depth * Math.ceil(columns / strips);
  const together = piecesTogether(pieces, ofPiece);
  machine.lend(2 * products * FLOAT, (places) => {
    machine.integers(places, 2 * products).set(placesOf(batch, a.shape.slice(0, -2), b.shape.slice(0, -2)));
    machine.perform(
      JobKind.product,
      [
        ...[rows, depth, columns, turned[0] ? 1 : 0, turned[1] ? 1 : 0],
        ...[machine.addressOf(a), machine.addressOf(b), places],
        bias ? machine.addressOf(bias) : 0,
        ...[activation, machine.addressOf(output)],
        ...[Math.ceil(rows / blocks / 4) * 4, blocks, Math.ceil(panels / strips), strips],
        ...[pieces, together],
      ],
      Math.ceil(pieces / together),
    );
  });
  return output;
}

/** How many blocks of rows each product is cut into, and each of them into strips of panels. */
function cutsOf({ threads }: Machine, products: number, rows: number, panels: number) {
  const fewestBlocks = Math.ceil(rows / MOST_ROWS);
  const fewestStrips = Math.ceil(panels / MOST_PANELS);
  if (threads === 1) return { blocks: fewestBlocks, strips: equalParts(panels, fewestStrips) };
  const fours = Math.ceil(rows / 4);
  const blocks =
    fewestStrips > 1 ? fewestBlocks : evenly(products, fours, Math.min(fewestBlocks, fours), threads);
  // Every thread has two pieces of work, if there are panels for them.
  const wanted = Math.ceil((2 * threads) / (products * blocks));
  const fewest = Math.min(panels, Math.max(fewestStrips, wanted));
  return { blocks, strips: evenly(products * blocks, panels, fewest, threads) };
}

/** So many parts of equal size, or fewer. */
const equalParts = (size: number, parts: number) => Math.ceil(size / Math.ceil(size / parts));

/** Parts of a size, no fewer than they have to be and a few more at most, of which the busiest thread has least to do. */
function evenly(others: number, size: number, fewest: number, threads: number): number {
  const most = Math.min(size, fewest + 2 * threads);
  const choices = Array.from({ length: most - fewest + 1 }, (_, i) => equalParts(size, fewest + i));
  const busiest = (parts: number) => Math.ceil((others * parts) / threads) * Math.ceil(size / parts);
  return choices.reduce((best, parts) => (busiest(parts) < busiest(best) ? parts : best));
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
