import * as tf from '@tensorflow/tfjs-core';
import { floatsOf, type Kernel, makeFloats } from './replace-kernel';

/**
 * Repetition of a tensor, by whole blocks. The stock kernel computes the coordinates of every number; where a global average pooling
 * hands its gradient to all places, that took a twentieth of an analysis.
 */
export function tileKernel(stock: Kernel): Kernel {
  return (parameters) => {
    const { x } = parameters.inputs;
    const { reps } = parameters.attrs as tf.TileAttrs;
    const shape = x.shape.map((size, axis) => size * reps[axis]);
    if (x.dtype !== 'float32' || tf.util.sizeFromShape(shape) === 0) return stock(parameters);
    const tiled = makeFloats(parameters.backend, shape);
    repeat(floatsOf(parameters.backend, x), floatsOf(parameters.backend, tiled), x.shape, reps);
    return tiled;
  };
}

/** Fills `to` from the last axis to the first; what is repeated along one axis is a block of the next. */
function repeat(
  from: Float32Array,
  to: Float32Array,
  shape: readonly number[],
  reps: readonly number[],
): void {
  to.set(from);
  let [blocks, length] = [from.length, 1];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    blocks /= shape[axis];
    length *= shape[axis];
    if (reps[axis] === 1) continue;
    // From behind, since copies go where blocks still stand.
    for (let block = blocks - 1; block >= 0; block--) {
      for (let copy = reps[axis] - 1; copy >= 0; copy--) {
        to.copyWithin((block * reps[axis] + copy) * length, block * length, (block + 1) * length);
      }
    }
    length *= reps[axis];
  }
}
