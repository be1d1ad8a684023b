import * as tf from '@tensorflow/tfjs-core';
import { alignRank, broadcastShape, sumToShape } from '../broadcast';
import { MisfitError, type Operation, readsInputs, type Shape } from '../operation';

/**
 * The product of two results of the picture over their last two axes, as attention multiplies queries with keys and weights
 * with values: [..., m, k] times [..., k, n]. The axes before broadcast.
 */
export interface MatrixProductSpec {
  readonly type: 'matrix-product';
  /** Whether the last two axes of each input lie the other way round: [..., k, m] and [..., n, k]. */
  readonly transposed: readonly [boolean, boolean];
}

/** Rows and columns of a factor as it is multiplied. */
function facesOf(shape: Shape, transposed: boolean): [number, number] {
  const [rows, columns] = shape.slice(-2);
  return transposed ? [columns, rows] : [rows, columns];
}

export function matrixProductShape({ transposed }: MatrixProductSpec, inputs: readonly Shape[]): Shape {
  const [a, b] = inputs;
  if (inputs.some((shape) => shape.length < 2)) {
    throw new MisfitError(`multiplies [${a}] with [${b}], which are no matrices`);
  }
  const [[rows, depth], [height, columns]] = [facesOf(a, transposed[0]), facesOf(b, transposed[1])];
  if (depth !== height) {
    throw new MisfitError(`multiplies matrices of ${rows} x ${depth} and ${height} x ${columns}`);
  }
  return [...broadcastShape([a.slice(0, -2), b.slice(0, -2)]), rows, columns];
}

export function matrixProduct({ transposed: [left, right] }: MatrixProductSpec): Operation {
  const pull = (dy: tf.Tensor, a: tf.Tensor, b: tf.Tensor) =>
    tf.tidy(() => {
      const towardsA = left ? product(b, dy, right, true) : product(dy, b, false, !right);
      const towardsB = right ? product(dy, a, true, left) : product(a, dy, !left, false);
      return [sumToShape(towardsA, a.shape), sumToShape(towardsB, b.shape)];
    });
  return {
    forward: ([a, b]) => tf.tidy(() => product(a, b, left, right)),
    push: ([v, w], [a, b]) => tf.tidy(() => tf.add(product(v, b, left, right), product(a, w, left, right))),
    // As the inputs grow alike, a product grows twice as fast.
    biases: (_, output) => [tf.neg(output)],
    backwardReads: readsInputs,
    backward: (dy, [a, b]) => pull(dy, a, b),
    bend: (dy, { tangents: [v, w] }) => pull(dy, v, w),
  };
}

/** a times b, pair by pair of matrices; what is before the last two axes broadcasts behind the batch. */
function product(a: tf.Tensor, b: tf.Tensor, left: boolean, right: boolean): tf.Tensor {
  const rank = Math.max(a.rank, b.rank);
  const [x, y] = [alignRank(a, rank), alignRank(b, rank)];
  const outer = broadcastShape([x.shape.slice(0, -2), y.shape.slice(0, -2)]);
  const stacked = (tensor: tf.Tensor) => {
    const faces = tensor.shape.slice(-2);
    const whole =
      tensor.shape.slice(0, -2).join() === outer.join()
        ? tensor
        : tf.broadcastTo(tensor, [...outer, ...faces]);
    return tf.reshape(whole, [-1, faces[0], faces[1]]) as tf.Tensor3D;
  };
  const result = tf.matMul(stacked(x), stacked(y), left, right);
  return tf.reshape(result, [...outer, ...result.shape.slice(-2)]);
}
