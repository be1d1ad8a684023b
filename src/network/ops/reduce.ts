import * as tf from '@tensorflow/tfjs-core';
import { spatialMean } from '../../backend/kernels/spatial-mean';
import { MisfitError, type Operation, type Shape } from './operation';
import { pooling } from './pooling';

/** Mean, sum or maximum along axes; along [0, 1] it is global pooling. */
export interface ReduceSpec {
  readonly type: 'reduce';
  readonly by: 'mean' | 'sum' | 'maximum';
  /** Axes without the batch, none negative. */
  readonly axes: readonly number[];
  /** Reduced axes stay, with size 1. */
  readonly keep: boolean;
  /** Of equal maxima over rows and columns the first takes the gradient, as in PyTorch's pooling; left out, they share it, as in `amax` and TensorFlow's `reduce_max`. */
  readonly ties?: 'first';
}

export function reduceShape({ axes, keep }: ReduceSpec, [input]: readonly Shape[]): Shape {
  if (axes.some((axis) => !(axis >= 0 && axis < input.length))) {
    throw new MisfitError(`cannot reduce axes [${axes}] of [${input}]`);
  }
  return input.flatMap((size, axis) => (axes.includes(axis) ? (keep ? [1] : []) : [size]));
}

export function reduce(spec: ReduceSpec): Operation {
  const { by } = spec;
  const axes = [...spec.axes].sort((a, b) => a - b).map((axis) => axis + 1);
  const shapeOf = (x: tf.Tensor) => [x.shape[0], ...reduceShape(spec, [x.shape.slice(1)])];
  const keptShape = (x: tf.Tensor) => x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
  const isSpatial = (x: tf.Tensor) => x.rank === 4 && axes.join() === '1,2';
  const countOf = (x: tf.Tensor) => axes.reduce((count, axis) => count * x.shape[axis], 1);
  /** The window over the whole map. */
  const wholeWindow = (x: tf.Tensor) => {
    const [, height, width] = (x as tf.Tensor4D).shape;
    const size = [height, width] as const;
    return pooling({
      type: 'pooling',
      by: 'maximum',
      size,
      strides: size,
      padding: 'valid',
      countPadding: false,
      ceil: false,
    });
  };
  const compute = (x: tf.Tensor): tf.Tensor => {
    if (by === 'mean') return isSpatial(x) ? spatialMean(x as tf.Tensor4D) : tf.mean(x, axes, true);
    if (by === 'sum') return tf.sum(x, axes, true);
    return isSpatial(x) ? wholeWindow(x).forward([x]) : tf.max(x, axes, true);
  };
  const pull = (dy: tf.Tensor, x: tf.Tensor, y: tf.Tensor): tf.Tensor[] =>
    tf.tidy(() => {
      const kept = tf.reshape(dy, keptShape(x));
      if (by === 'mean') return [tf.broadcastTo(tf.div(kept, countOf(x)), x.shape)];
      if (by === 'sum') return [tf.broadcastTo(kept, x.shape)];
      if (spec.ties === 'first' && isSpatial(x))
        return wholeWindow(x).backward(kept, [x], tf.reshape(y, keptShape(x)));
      const highest = tf.cast(tf.equal(x, tf.reshape(y, keptShape(x))), 'float32');
      return [tf.mul(highest, tf.div(kept, tf.sum(highest, axes, true)))];
    });
  return {
    forward: ([x]) => tf.tidy(() => tf.reshape(compute(x), shapeOf(x))),
    ...(by === 'maximum' && {
      push: ([v]: tf.Tensor[], [x]: tf.Tensor[], y: tf.Tensor) =>
        tf.tidy(() => {
          const [share] = pull(tf.onesLike(y), x, y);
          return tf.reshape(tf.sum(tf.mul(share, v), axes), y.shape);
        }),
    }),
    backward: (dy, [x], y) => pull(dy, x, y),
  };
}
