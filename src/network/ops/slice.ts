import * as tf from '@tensorflow/tfjs-core';
import { MisfitError, type Operation, readsNothing, type Shape } from './operation';

/** A part of a map: a block, as cropping and splitting take it, every other place of it, or an axis turned round. */
export interface SliceSpec {
  readonly type: 'slice';
  /** First index of each axis, without the batch; negative from the end. */
  readonly begin: readonly number[];
  /** Index behind the last; negative from the end, null for the end itself. */
  readonly end: readonly (number | null)[];
  /**
   * Places from one that is taken to the next, an axis each; 1 where it is left out. A negative one begins at the end of the
   * block and goes backwards.
   */
  readonly steps?: readonly number[];
}

/** First and last place of the block on each axis, and how many are taken of it. */
export function sliceBlocks({ begin, end, steps }: SliceSpec, input: Shape) {
  const blocks = input.map((size, axis) => {
    const from = begin[axis] < 0 ? Math.max(0, size + begin[axis]) : begin[axis];
    const last = end[axis] ?? size;
    const to = last < 0 ? size + last : Math.min(size, last);
    const step = steps?.[axis] ?? 1;
    return { from, to, step, count: Math.ceil((to - from) / Math.abs(step)) };
  });
  const isSound = blocks.every(({ step, count }) => Number.isInteger(step) && step !== 0 && count > 0);
  if (begin.length !== input.length || !isSound) {
    throw new MisfitError(`cuts more than there is of its input [${input}]`);
  }
  return blocks;
}

export const sliceShape = (spec: SliceSpec, [input]: readonly Shape[]): Shape =>
  sliceBlocks(spec, input).map(({ count }) => count);

export function slice(spec: SliceSpec): Operation {
  const blocksIn = (x: tf.Tensor) => sliceBlocks(spec, x.shape.slice(1));
  const begin = (x: tf.Tensor) => [0, ...blocksIn(x).map(({ from }) => from)];
  const turned = (x: tf.Tensor) => blocksIn(x).flatMap(({ step }, axis) => (step < 0 ? [axis + 1] : []));
  const thinned = (x: tf.Tensor) =>
    blocksIn(x).flatMap(({ step, from, to, count }, axis) =>
      Math.abs(step) > 1 ? [{ axis: axis + 1, step: Math.abs(step), length: to - from, count }] : [],
    );
  return {
    forward: ([x]) =>
      tf.tidy(() => {
        const size = [x.shape[0], ...blocksIn(x).map(({ from, to }) => to - from)];
        const block = tf.slice(x, begin(x), size);
        const ordered = turned(x).length > 0 ? tf.reverse(block, turned(x)) : block;
        return thinned(x).reduce((y, { axis, step }) => everyPlace(y, axis, step), ordered);
      }),
    backwardReads: readsNothing,
    backward: (dy, [x]) =>
      tf.tidy(() => {
        const spread = thinned(x).reduce((g, { axis, step, length }) => withGaps(g, axis, step, length), dy);
        const block = turned(x).length > 0 ? tf.reverse(spread, turned(x)) : spread;
        const around = begin(x).map((first, axis): [number, number] => [
          first,
          x.shape[axis] - first - block.shape[axis],
        ]);
        return [tf.pad(block, around)];
      }),
  };
}

/** x as [places before the axis, its places, numbers of a place]. */
const alongAxis = ({ shape }: tf.Tensor, axis: number): [number, number, number] => [
  shape.slice(0, axis).reduce((product, size) => product * size, 1),
  shape[axis],
  shape.slice(axis + 1).reduce((product, size) => product * size, 1),
];

const withAxis = ({ shape }: tf.Tensor, axis: number, size: number) =>
  shape.map((each, i) => (i === axis ? size : each));

/** Each `step`th place of an axis, from the first. */
function everyPlace(x: tf.Tensor, axis: number, step: number): tf.Tensor {
  const [before, places, numbers] = alongAxis(x, axis);
  const count = Math.ceil(places / step);
  const missing = count * step - places;
  const whole = tf.pad(tf.reshape(x, [before, places, numbers]), [
    [0, 0],
    [0, missing],
    [0, 0],
  ]);
  const groups = tf.reshape(whole, [before * count, step, numbers]);
  return tf.reshape(tf.slice(groups, [0, 0, 0], [before * count, 1, numbers]), withAxis(x, axis, count));
}

/** The transpose of `everyPlace`: zeros between the places, `length` all together. */
function withGaps(dy: tf.Tensor, axis: number, step: number, length: number): tf.Tensor {
  const [before, count, numbers] = alongAxis(dy, axis);
  const spread = tf.pad(tf.reshape(dy, [before * count, 1, numbers]), [
    [0, 0],
    [0, step - 1],
    [0, 0],
  ]);
  const whole = tf.reshape(spread, [before, count * step, numbers]);
  return tf.reshape(tf.slice(whole, [0, 0, 0], [before, length, numbers]), withAxis(dy, axis, length));
}
