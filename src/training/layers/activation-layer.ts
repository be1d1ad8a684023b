import * as tf from '@tensorflow/tfjs-core';
import { activationGradient } from '../../backend/kernels/training-kernels';
import type { Activation } from './run-layers';

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
 * Gives `work` the gradient before an activation, made from that behind it and the activation's output, so that nobody needs to keep
 * its input.
 */
export function beforeActivation<Result>(
  gradient: tf.Tensor,
  y: tf.Tensor,
  activation: Activation,
  work: (dy: tf.Tensor) => Result,
): Result {
  if (activation === null) return work(gradient);
  const dy = tf.tidy(() =>
    activation === 'relu'
      ? activationGradient(gradient, y, 'relu')
      : tf.mul(gradient, tf.sub(1, tf.square(y))),
  );
  try {
    return work(dy);
  } finally {
    dy.dispose();
  }
}
