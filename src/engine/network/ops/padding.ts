import * as tf from '@tensorflow/tfjs-core';
import { byTape, featureMap, MisfitError, type Operation, type Shape } from './operation';
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
  if (by === 'reflection') return byTape((x) => tf.mirrorPad(x, around, 'reflect'));
  return {
    forward: ([x]) => tf.pad(x, around),
    backward: (dy, [x]) => [tf.slice(dy, [0, sides.top, sides.left, 0], x.shape)],
  };
}
