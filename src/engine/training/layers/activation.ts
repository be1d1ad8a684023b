import * as tf from '@tensorflow/tfjs-core';
import { activationGradient } from '../../backend/training-kernels';
import type { Activation } from './run';

/** The part of an activation that kernels compute with the layer before it. */
export const inKernel = (activation: Activation) => (activation === 'relu' ? 'relu' : 'linear');

/** The rest of it; frees `x` where it makes something new. */
export function outsideKernel(x: tf.Tensor, activation: Activation): tf.Tensor {
  if (activation !== 'tanh') return x;
  const y = tf.tanh(x);
  x.dispose();
  return y;
}

export function activate(x: tf.Tensor, activation: Activation): tf.Tensor {
  if (activation !== 'relu') return outsideKernel(x, activation);
  const y = tf.relu(x);
  x.dispose();
  return y;
}

/**
 * Gradient before the activation from that behind it, by its output alone, so that nobody needs to keep its input. The caller owns
 * the result and keeps dy.
 */
export function pullActivation(dy: tf.Tensor, y: tf.Tensor, activation: Activation): tf.Tensor {
  if (activation === null) return dy.clone();
  if (activation === 'relu') return tf.tidy(() => activationGradient(dy, y, 'relu'));
  return tf.tidy(() => tf.mul(dy, tf.sub(1, tf.square(y))));
}
