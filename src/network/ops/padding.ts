import * as tf from '@tensorflow/tfjs-core';
import { onBothAxes } from './both-axes';
import { featureMap, MisfitError, type Operation, type Shape } from './operation';
import type { ExplicitPadding } from './window';

/** Rows and columns around a feature map. */
export interface PaddingSpec {
  readonly type: 'padding';
  readonly sides: ExplicitPadding;
  /** What fills them: a number, the map mirrored at its outermost places, or these repeated. */
  readonly by: 'zeros' | 'reflection' | 'edge';
  /** In the place of zeros. */
  readonly value?: number;
}

export function paddingShape({ sides, by }: PaddingSpec, inputs: readonly Shape[]): Shape {
  const [height, width, channels] = featureMap(inputs);
  const { top, bottom, left, right } = sides;
  if (Math.min(top, bottom, left, right) < 0) throw new MisfitError('has a negative padding');
  if (by === 'reflection' && (Math.max(top, bottom) >= height || Math.max(left, right) >= width)) {
    throw new MisfitError(`reflects more of its input than the ${height} x ${width} it has`);
  }
  return [height + top + bottom, width + left + right, channels];
}

export function padding({ sides, by, value = 0 }: PaddingSpec): Operation {
  const around: [number, number][] = [
    [0, 0],
    [sides.top, sides.bottom],
    [sides.left, sides.right],
    [0, 0],
  ];
  if (by !== 'zeros') return byMatrices(sides, by === 'reflection' ? mirrored : clamped);
  return {
    forward: ([x]) => tf.pad(x, around, value),
    push: ([v]) => tf.pad(v, around),
    ...(value !== 0 && {
      biases: ([x]: tf.Tensor[]) => tf.tidy(() => [tf.pad(tf.zerosLike(x), around, value)]),
    }),
    backward: (dy, [x]) => [tf.slice(dy, [0, sides.top, sides.left, 0], x.shape)],
  };
}

/** The place of a map of `length` that fills place i, counted from the first and negative before it. */
type Filling = (i: number, length: number) => number;

const mirrored: Filling = (i, length) => {
  const place = Math.abs(i);
  return place < length ? place : 2 * (length - 1) - place;
};

const clamped: Filling = (i, length) => Math.min(length - 1, Math.max(0, i));

/** As matrices, since the stock gradient forgets what was repeated. */
function byMatrices({ top, bottom, left, right }: ExplicitPadding, filling: Filling): Operation {
  const run = (x: tf.Tensor, [, height, width]: number[], transposed: boolean) =>
    tf.tidy(() =>
      onBothAxes(
        x,
        fillingMatrix(height, top, bottom, filling),
        fillingMatrix(width, left, right, filling),
        transposed,
      ),
    );
  return {
    forward: ([x]) => run(x, x.shape, false),
    backward: (dy, [x]) => [run(dy, x.shape, true)],
  };
}

/** [before + n + after, n] matrix that repeats n places and fills those before and behind them. */
function fillingMatrix(length: number, before: number, after: number, filling: Filling): tf.Tensor2D {
  const total = before + length + after;
  const values = new Float32Array(total * length);
  for (let i = 0; i < total; i++) values[i * length + filling(i - before, length)] = 1;
  return tf.tensor2d(values, [total, length]);
}
