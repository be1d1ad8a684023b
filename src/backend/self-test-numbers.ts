import * as tf from '@tensorflow/tfjs-core';

/** Distinct within a small tensor, between -1 and 1, never 0; the same as in `fixtures/known-numbers.py`. */
export function numbers(shape: number[], seed: number): tf.Tensor {
  const count = tf.util.sizeFromShape(shape);
  const value = (_: unknown, i: number) => ((83 * i + 37 * seed + 11) % 251) / 125.25 - 1;
  return tf.tensor(Float32Array.from({ length: count }, value), shape);
}
