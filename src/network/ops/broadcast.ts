import * as tf from '@tensorflow/tfjs-core';
import { spatialMean } from '../../backend/kernels/spatial-mean';
import { MisfitError, type Shape } from './operation';

/** Shape of an elementwise operation on all of `shapes`, by the rules of NumPy. */
export function broadcastShape(shapes: readonly Shape[]): Shape {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((shape) => shape[shape.length - rank + axis] ?? 1);
    const size = sizes.find((each) => each !== 1) ?? 1;
    if (sizes.some((each) => each !== 1 && each !== size)) {
      throw new MisfitError(`reads shapes that do not fit: ${shapes.map((s) => `[${s}]`).join(' and ')}`);
    }
    return size;
  });
}

/**
 * x with axes of size 1 put in behind its batch until it has `rank` axes, so that the batch stays the first one
 * while the others align at the end.
 */
export function alignRank(x: tf.Tensor, rank: number): tf.Tensor {
  if (x.rank >= rank) return x;
  return tf.reshape(x, [x.shape[0], ...new Array(rank - x.rank).fill(1), ...x.shape.slice(1)]);
}

/** Sum over the second and third axis of [b, h, w, ...], which stay with size 1. */
function spatialSum(x: tf.Tensor): tf.Tensor {
  if (x.rank !== 4) return tf.sum(x, [1, 2], true);
  const map = x as tf.Tensor4D;
  return tf.mul(spatialMean(map), map.shape[1] * map.shape[2]);
}

/** Sum of x over the axes along which an operand of `shape` was repeated; both with batch. */
export function sumToShape(x: tf.Tensor, shape: readonly number[]): tf.Tensor {
  const missing = x.rank - shape.length;
  const aligned = [shape[0], ...new Array(missing).fill(1), ...shape.slice(1)];
  const axes = aligned.flatMap((size, axis) => (size === 1 && x.shape[axis] !== 1 ? [axis] : []));
  if (axes.length === 0) return missing > 0 ? tf.reshape(x, [...shape]) : x.clone();
  return tf.reshape(axes.join() === '1,2' ? spatialSum(x) : tf.sum(x, axes, true), [...shape]);
}
