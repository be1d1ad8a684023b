import * as tf from '@tensorflow/tfjs-core';
import { MisfitError, type Operation, type Shape } from './operation';

/** Axes of size one taken away, then others put in; the numbers stay in their order. */
export interface AxesSpec {
  readonly type: 'axes';
  /** Axes of the input, without the batch, none negative. */
  readonly removed: readonly number[];
  /** Axes of the output, likewise, in rising order. */
  readonly inserted: readonly number[];
}

export function axesShape({ removed, inserted }: AxesSpec, [input]: readonly Shape[]): Shape {
  if (removed.some((axis) => input[axis] !== 1)) {
    throw new MisfitError(`takes away axes of [${input}] that hold more than one place, or none`);
  }
  const shape = input.filter((_, axis) => !removed.includes(axis));
  for (const axis of inserted) {
    if (!(axis >= 0 && axis <= shape.length)) {
      throw new MisfitError(`puts axis ${axis} into [${shape}], which has too few`);
    }
    shape.splice(axis, 0, 1);
  }
  return shape;
}

export function axes(spec: AxesSpec): Operation {
  return {
    forward: ([x]) => tf.reshape(x, [x.shape[0], ...axesShape(spec, [x.shape.slice(1)])]),
    backward: (dy, [x]) => [tf.reshape(dy, x.shape)],
  };
}
