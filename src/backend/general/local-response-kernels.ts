import type * as tf from '@tensorflow/tfjs-core';
import { floatsOf, type Kernel, makeFloats } from '../kernels/replace-kernel';

/** Local response normalisation across channels, y = x (bias + alpha sum of x^2 of the neighbours)^-beta, and its gradient. */

/** Sums of `from` over the neighbours of every channel of a place. */
function sumNeighbours(from: Float64Array, radius: number, to: Float64Array): void {
  const channels = from.length;
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    for (let k = Math.max(0, c - radius); k <= Math.min(channels - 1, c + radius); k++) sum += from[k];
    to[c] = sum;
  }
}

/** x^-beta; of the three quarters that networks use without a power. */
const inversePower = (beta: number): ((x: number) => number) =>
  beta === 0.75 ? (x) => 1 / (Math.sqrt(x) * Math.sqrt(Math.sqrt(x))) : (x) => x ** -beta;

export const localResponseKernel: Kernel = ({ inputs: { x }, attrs, backend }) => {
  const { depthRadius, bias, alpha, beta } = attrs as tf.LRNAttrs;
  const output = makeFloats(backend, x.shape);
  const [from, to] = [floatsOf(backend, x), floatsOf(backend, output)];
  const channels = x.shape[x.shape.length - 1];
  const [squares, sums] = [new Float64Array(channels), new Float64Array(channels)];
  const power = inversePower(beta);
  for (let place = 0; place < from.length; place += channels) {
    for (let c = 0; c < channels; c++) squares[c] = from[place + c] * from[place + c];
    sumNeighbours(squares, depthRadius, sums);
    for (let c = 0; c < channels; c++) to[place + c] = from[place + c] * power(bias + alpha * sums[c]);
  }
  return output;
};

/** With n = bias + alpha sum: dx = dy n^-beta - 2 alpha beta x (sum over the neighbours of dy y / n). */
export const localResponseGradientKernel: Kernel = ({ inputs: { x, y, dy }, attrs, backend }) => {
  const { depthRadius, bias, alpha, beta } = attrs as tf.LRNGradAttrs;
  const output = makeFloats(backend, x.shape);
  const [input, result, change, to] = [x, y, dy, output].map((tensor) => floatsOf(backend, tensor));
  const channels = x.shape[x.shape.length - 1];
  const [values, sums, shares] = [0, 1, 2].map(() => new Float64Array(channels));
  const power = inversePower(beta);
  for (let place = 0; place < input.length; place += channels) {
    for (let c = 0; c < channels; c++) values[c] = input[place + c] * input[place + c];
    sumNeighbours(values, depthRadius, sums);
    for (let c = 0; c < channels; c++) {
      values[c] = (change[place + c] * result[place + c]) / (bias + alpha * sums[c]);
    }
    sumNeighbours(values, depthRadius, shares);
    for (let c = 0; c < channels; c++) {
      const own = change[place + c] * power(bias + alpha * sums[c]);
      to[place + c] = own - 2 * alpha * beta * input[place + c] * shares[c];
    }
  }
  return output;
};
