import * as tf from '@tensorflow/tfjs-core';
import { broadcastShape, sumToShape } from '../broadcast';
import { MisfitError, type Operation, readsNothing, type Shape } from '../operation';

/** Axes of size 1 repeated. */
export interface ExpandSpec {
  readonly type: 'expand';
  /** Of the output, without the batch; as many axes as the input has. */
  readonly shape: Shape;
}

export function expandShape({ shape }: ExpandSpec, [input]: readonly Shape[]): Shape {
  if (shape.length !== input.length || broadcastShape([input, shape]).join() !== shape.join()) {
    throw new MisfitError(`cannot repeat [${input}] to [${shape}]`);
  }
  return shape;
}

export const expand = ({ shape }: ExpandSpec): Operation => ({
  forward: ([x]) => tf.tidy(() => tf.tile(x, [1, ...shape.map((size, axis) => size / x.shape[axis + 1])])),
  backwardReads: readsNothing,
  backward: (dy, [x]) => [tf.tidy(() => sumToShape(dy, x.shape))],
});
