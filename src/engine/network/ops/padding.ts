import * as tf from '@tensorflow/tfjs-core';
import { onBothAxes } from './both-axes';
import { featureMap, MisfitError, type Operation, type Shape } from './operation';
import type { ExplicitPadding } from './window';

/** Rows and columns around a feature map. */
export interface PaddingSpec {
  readonly type: 'padding';
  readonly sides: ExplicitPadding;
  readonly by: 'zeros' | 'reflection';
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

export function padding({ sides, by }: PaddingSpec): Operation {
  const around: [number, number][] = [
    [0, 0],
    [sides.top, sides.bottom],
    [sides.left, sides.right],
    [0, 0],
  ];
  if (by === 'reflection') return reflection(sides);
  return {
    forward: ([x]) => tf.pad(x, around),
    backward: (dy, [x]) => [tf.slice(dy, [0, sides.top, sides.left, 0], x.shape)],
  };
}

/** As matrices, since the stock gradient forgets what was reflected. */
function reflection({ top, bottom, left, right }: ExplicitPadding): Operation {
  const run = (x: tf.Tensor, [, height, width]: number[], transposed: boolean) =>
    tf.tidy(() =>
      onBothAxes(x, mirrorMatrix(height, top, bottom), mirrorMatrix(width, left, right), transposed),
    );
  return {
    forward: ([x]) => run(x, x.shape, false),
    backward: (dy, [x]) => [run(dy, x.shape, true)],
  };
}

/** [before + n + after, n] matrix that repeats n places mirrored at the first and the last one. */
function mirrorMatrix(length: number, before: number, after: number): tf.Tensor2D {
  const total = before + length + after;
  const values = new Float32Array(total * length);
  for (let i = 0; i < total; i++) {
    const place = Math.abs(i - before);
    values[i * length + (place < length ? place : 2 * (length - 1) - place)] = 1;
  }
  return tf.tensor2d(values, [total, length]);
}
