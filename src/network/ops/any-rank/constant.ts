import * as tf from '@tensorflow/tfjs-core';
import type { Operation, Shape, Shaped } from '../operation';

/**
 * Numbers that are the same for every picture where others are computed from it: a class token in front of the patches. Its
 * one input, the picture, only says how many there are.
 */
export interface ConstantSpec<W> {
  readonly type: 'constant';
  /** Of the shape of the output. */
  readonly value: W;
}

export const constantShape = ({ value }: ConstantSpec<Shaped>): Shape => value.shape;

export function constant({ value }: ConstantSpec<tf.Tensor>): Operation {
  return {
    forward: ([{ shape }]) =>
      tf.tidy(() => {
        const one = tf.reshape(value, [1, ...value.shape]);
        return shape[0] === 1 ? one : tf.tile(one, [shape[0], ...value.shape.map(() => 1)]);
      }),
    push: (_, __, output) => tf.zerosLike(output),
    biases: (_, output) => [output.clone()],
    backward: (_, [x]) => [tf.zerosLike(x)],
  };
}
