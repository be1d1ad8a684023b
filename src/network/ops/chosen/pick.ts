import * as tf from '@tensorflow/tfjs-core';
import { MisfitError, type Operation, type Shape, sizeOf } from '../operation';

/**
 * Places of an axis that the picture itself chooses: what lies at them. The second input holds the places as whole numbers, either in a
 * list, [..., places], for all numbers of the first alike, or each number its own, in the shape of the output.
 */
export interface PickSpec {
  readonly type: 'pick';
  /** Without the batch. */
  readonly axis: number;
  readonly by: 'list' | 'number';
}

export function pickShape({ axis, by }: PickSpec, [input, places]: readonly Shape[]): Shape {
  const isList = by === 'list' && places.length === 1;
  const isAlike =
    places.length === input.length && places.every((size, i) => i === axis || size === input[i]);
  if (!(axis >= 0 && axis < input.length) || !(isList || (by === 'number' && isAlike))) {
    throw new MisfitError(`picks places of [${places}] from [${input}]`);
  }
  return isList ? input.map((size, i) => (i === axis ? places[0] : size)) : places;
}

/** x as [outer, length of the axis, inner], the batch in the first. */
const partsOf = ({ shape }: tf.Tensor, axis: number) => ({
  outer: sizeOf(shape.slice(0, axis + 1)),
  length: shape[axis + 1],
  inner: sizeOf(shape.slice(axis + 2)),
});

export function pick({ axis, by }: PickSpec): Operation {
  /** Where each number of the output lies in the input as one line; [outer, places, inner]. */
  const sources = (x: tf.Tensor, places: tf.Tensor): tf.Tensor => {
    const { outer, length, inner } = partsOf(x, axis);
    const steps = (count: number, every: number) =>
      tf.mul(tf.range(0, count, 1, 'int32'), tf.scalar(every, 'int32'));
    const whole = tf.cast(places, 'int32');
    const perPicture = outer / x.shape[0];
    const at =
      by === 'list'
        ? tf.reshape(tf.tile(tf.reshape(whole, [x.shape[0], 1, -1]), [1, perPicture, 1]), [outer, -1, 1])
        : tf.reshape(whole, [outer, -1, inner]);
    const inside = tf.mul(at, tf.scalar(inner, 'int32'));
    const before = tf.reshape(steps(outer, length * inner), [outer, 1, 1]);
    return tf.add(tf.add(inside, before), tf.reshape(steps(inner, 1), [1, 1, inner]));
  };
  const forward = ([x, places]: tf.Tensor[]) =>
    tf.tidy(() => {
      const shape = pickShape({ type: 'pick', axis, by }, [x.shape.slice(1), places.shape.slice(1)]);
      return tf.reshape(tf.gather(tf.reshape(x, [-1]), tf.reshape(sources(x, places), [-1])), [
        x.shape[0],
        ...shape,
      ]);
    });
  return {
    forward,
    push: ([v], [_, places]) => forward([v, places]),
    backward: (dy, [x, places]) =>
      tf.tidy(() => {
        const line = tf.reshape(sources(x, places), [-1]) as tf.Tensor1D;
        const sums = tf.unsortedSegmentSum(tf.reshape(dy, [-1]), line, x.size);
        return [tf.reshape(sums, x.shape), tf.zeros(places.shape)];
      }),
  };
}
