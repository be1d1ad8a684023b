import * as tf from '@tensorflow/tfjs-core';
import type { Operation, Shape } from './operation';

/**
 * Numbers rounded to those that a few bits can hold, in their own units: `scale * (clamp(round(x / scale) + zero, low, high) - zero)`,
 * halves to the even one. Its gradient goes straight through the rounding, and is zero where x lies beyond what the bits
 * hold (Bengio, Léonard and Courville 2013; Jacob et al. 2018).
 */
export interface QuantiseSpec {
  readonly type: 'quantise';
  readonly scale: number;
  readonly zero: number;
  readonly low: number;
  readonly high: number;
}

export const quantiseShape = (_: QuantiseSpec, [shape]: readonly Shape[]): Shape => shape;

export function quantise({ scale, zero, low, high }: QuantiseSpec): Operation {
  const [least, most] = [low - zero, high - zero];
  const rounded = (x: tf.Tensor) => tf.round(tf.div(x, scale));
  const pull = (dy: tf.Tensor, x: tf.Tensor) =>
    tf.tidy(() => {
      const whole = rounded(x);
      const isInside = tf.logicalAnd(tf.greaterEqual(whole, least), tf.lessEqual(whole, most));
      return tf.mul(dy, tf.cast(isInside, 'float32'));
    });
  return {
    forward: ([x]) => tf.tidy(() => tf.mul(tf.clipByValue(rounded(x), least, most), scale)),
    backward: (dy, [x]) => [pull(dy, x)],
    push: ([v], [x]) => pull(v, x),
  };
}
