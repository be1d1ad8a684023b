import * as tf from '@tensorflow/tfjs-core';
import { MisfitError, type Operation, readsNothing, type Shape, sizeOf } from './operation';

/** The same numbers in another shape; [-1] flattens. */
export interface ReshapeSpec {
  readonly type: 'reshape';
  /** Without the batch; -1 once at most, for what is left. */
  readonly shape: Shape;
}

export function reshapeShape({ shape }: ReshapeSpec, [input]: readonly Shape[]): Shape {
  const known = sizeOf(shape.filter((size) => size !== -1));
  const whole = shape.map((size) => (size === -1 ? sizeOf(input) / known : size));
  if (sizeOf(whole) !== sizeOf(input) || whole.some((size) => !Number.isInteger(size) || size < 1)) {
    throw new MisfitError(`cannot bring [${input}] into shape [${shape}]`);
  }
  return whole;
}

export function reshape(spec: ReshapeSpec): Operation {
  return {
    forward: ([x]) => tf.reshape(x, [x.shape[0], ...reshapeShape(spec, [x.shape.slice(1)])]),
    backwardReads: readsNothing,
    backward: (dy, [x]) => [tf.reshape(dy, x.shape)],
  };
}
