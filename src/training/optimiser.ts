import * as tf from '@tensorflow/tfjs-core';
import { adamStep, descentStep } from '../backend/kernels/training-kernels';
import type { Recipe } from './training-methods';

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
  const { optimiser, learningRate: rate } = step;
  const [next, ...carried] = tf.tidy(() => {
    const value = decay(weights, step);
    if (optimiser.kind === 'sgd') {
      const { momentum } = optimiser;
      const after = descentStep({ value, velocity: moments[0] }, gradient, { rate, momentum });
      return [after.value, after.velocity];
    }
    const { beta1, beta2, epsilon } = optimiser;
    const state = { value, first: moments[0], second: moments[1] };
    const after = adamStep(state, gradient, { rate, step: step.step, beta1, beta2, epsilon });
    return [after.value, after.first, after.second];
  });
  return { weights: next, moments: carried };
}

function decay(weights: tf.Tensor1D, { weightDecay, learningRate, decaying }: OptimiserStep): tf.Tensor1D {
  if (weightDecay === 0) return weights;
  const rest = weights.size - decaying;
  const shrunk = tf.mul(tf.slice1d(weights, 0, decaying), 1 - learningRate * weightDecay) as tf.Tensor1D;
  return rest === 0 ? shrunk : tf.concat1d([shrunk, tf.slice1d(weights, decaying, rest)]);
}
