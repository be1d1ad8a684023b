import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from './run';

/** The activated values; frees `x`. */
export function activate(x: tf.Tensor, activation: Activation): tf.Tensor {
  if (activation === null) return x;
  const y = activation === 'relu' ? tf.relu(x) : tf.tanh(x);
  x.dispose();
  return y;
}

/**
 * Gradient before the activation from that behind it, by its output alone, so that nobody needs to keep its input. The caller owns
 * the result and keeps dy.
 */
export function pullActivation(dy: tf.Tensor, y: tf.Tensor, activation: Activation): tf.Tensor {
  if (activation === null) return dy.clone();
  return tf.tidy(() =>
    activation === 'relu' ? tf.mul(dy, tf.step(y)) : tf.mul(dy, tf.sub(1, tf.square(y))),
  );
}
