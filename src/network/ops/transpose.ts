import * as tf from '@tensorflow/tfjs-core';
import { MisfitError, type Operation, readsNothing, type Shape } from './operation';

/** Axes in another order. */
export interface TransposeSpec {
  readonly type: 'transpose';
  /** Axis of the input that becomes axis i of the output, without the batch. */
  readonly permutation: readonly number[];
}

export function transposeShape({ permutation }: TransposeSpec, [input]: readonly Shape[]): Shape {
  if ([...permutation].sort().join() !== input.map((_, axis) => axis).join()) {
    throw new MisfitError(`cannot bring the axes of [${input}] into the order [${permutation}]`);
  }
  return permutation.map((axis) => input[axis]);
}

export function transpose({ permutation }: TransposeSpec): Operation {
  const order = [0, ...permutation.map((axis) => axis + 1)];
  const back = order.map((_, axis) => order.indexOf(axis));
  return {
    forward: ([x]) => tf.transpose(x, order),
    backwardReads: readsNothing,
    backward: (dy) => [tf.transpose(dy, back)],
  };
}
