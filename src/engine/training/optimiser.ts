import * as tf from '@tensorflow/tfjs-core';
import type { Recipe } from './protocol';

/** What an optimiser carries from step to step beside the weights, in order. */
export const momentNames = { adam: ['first', 'second'], sgd: ['velocity'] } as const;

export interface OptimiserStep {
  optimiser: Recipe['optimiser'];
  learningRate: number;
  /** Decoupled from the gradient; taken from the first `decaying` weights alone. */
  weightDecay: number;
  decaying: number;
  /** Counted from 1. */
  step: number;
}

/**
 * One step of AdamW (Kingma and Ba 2015; Loshchilov and Hutter 2019) or of SGD with momentum, as PyTorch computes them.
 * @param weights, gradient and moments: vectors of one length, which stay the caller's
 * @returns weights and moments after the step, owned by the caller
 */
export function optimiserStep(
  weights: tf.Tensor1D,
  gradient: tf.Tensor1D,
  moments: readonly tf.Tensor1D[],
  step: OptimiserStep,
): { weights: tf.Tensor1D; moments: tf.Tensor1D[] } {
  const [next, ...carried] = tf.tidy(() => {
    const decayed = decay(weights, step);
    return step.optimiser.kind === 'adam'
      ? adam(decayed, gradient, moments, step.optimiser, step)
      : momentum(decayed, gradient, moments, step.optimiser, step);
  });
  return { weights: next, moments: carried };
}

function decay(weights: tf.Tensor1D, { weightDecay, learningRate, decaying }: OptimiserStep): tf.Tensor1D {
  if (weightDecay === 0) return weights;
  const rest = weights.size - decaying;
  const shrunk = tf.mul(tf.slice1d(weights, 0, decaying), 1 - learningRate * weightDecay) as tf.Tensor1D;
  return rest === 0 ? shrunk : tf.concat1d([shrunk, tf.slice1d(weights, decaying, rest)]);
}

function adam(
  weights: tf.Tensor1D,
  gradient: tf.Tensor1D,
  [first, second]: readonly tf.Tensor1D[],
  { beta1, beta2, epsilon }: { beta1: number; beta2: number; epsilon: number },
  { learningRate, step }: OptimiserStep,
): tf.Tensor1D[] {
  const m = tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1));
  const v = tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  const denominator = tf.add(tf.mul(tf.sqrt(v), 1 / Math.sqrt(1 - beta2 ** step)), epsilon);
  const change = tf.mul(tf.div(m, denominator), learningRate / (1 - beta1 ** step));
  return [tf.sub(weights, change), m, v] as tf.Tensor1D[];
}

function momentum(
  weights: tf.Tensor1D,
  gradient: tf.Tensor1D,
  [velocity]: readonly tf.Tensor1D[],
  { momentum }: { momentum: number },
  { learningRate }: OptimiserStep,
): tf.Tensor1D[] {
  const next = tf.add(tf.mul(velocity, momentum), gradient);
  return [tf.sub(weights, tf.mul(next, learningRate)), next] as tf.Tensor1D[];
}
