import * as tf from '@tensorflow/tfjs-core';
import { MisfitError, type Operation, type Shape } from './operation';

/** A contiguous part, as cropping and splitting take it. */
export interface SliceSpec {
  readonly type: 'slice';
  /** First index of each axis, without the batch. */
  readonly begin: readonly number[];
  /** Index behind the last; negative from the end, null for the end itself. */
  readonly end: readonly (number | null)[];
}

export function sliceShape({ begin, end }: SliceSpec, [input]: readonly Shape[]): Shape {
  const shape = input.map((size, axis) => {
    const last = end[axis] ?? size;
    return (last < 0 ? size + last : Math.min(size, last)) - begin[axis];
  });
  if (
    begin.length !== input.length ||
    shape.some((size) => !(size > 0)) ||
    begin.some((first) => first < 0)
  ) {
    throw new MisfitError(`cuts more than there is of its input [${input}]`);
  }
  return shape;
}

export function slice(spec: SliceSpec): Operation {
  const begin = [0, ...spec.begin];
  return {
    forward: ([x]) => tf.slice(x, begin, [x.shape[0], ...sliceShape(spec, [x.shape.slice(1)])]),
    backward: (dy, [x]) => [
      tf.pad(
        dy,
        begin.map((first, axis): [number, number] => [first, x.shape[axis] - first - dy.shape[axis]]),
      ),
    ],
  };
}
