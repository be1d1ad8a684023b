import * as tf from '@tensorflow/tfjs-core';
import { type Activation, activationFunction, curvature, isHomogeneous, pushThrough } from '../activation';
import type { Along, Operation } from '../operation';

/** Whether a weighted sum with its bias and an activation holds more than what is linear in its input. */
export const hasBias = (activation: Activation<unknown>, bias: tf.Tensor | null): boolean =>
  bias !== null || !isHomogeneous(activation);

/**
 * What a(K x + b) holds beyond a' K x: a' b, behind a rectifier the bias where it is open; and a(u) - a' u of the activation itself,
 * u = K x + b, where it has one.
 * @param linearly K x, of the output's shape
 */
export function fusedBiases(
  activation: Activation<tf.Tensor>,
  bias: tf.Tensor | null,
  linearly: (inputs: tf.Tensor[], output: tf.Tensor) => tf.Tensor,
): NonNullable<Operation['biases']> {
  const { pull } = activationFunction(activation).gradient;
  return (inputs, output) =>
    tf.tidy(() => {
      if (bias && activation.name === 'linear') return [bias.clone()];
      const through = (u: tf.Tensor) => pushThrough(activation, pull, u, output);
      const own = bias ? [through(tf.broadcastTo(bias, output.shape))] : [];
      if (isHomogeneous(activation)) return own;
      const sum = linearly(inputs, output);
      return [...own, tf.sub(output, through(bias ? tf.add(sum, bias) : sum))];
    });
}

/**
 * How the gradient towards K x + b changes along the tangents, for activations whose gradient reads their output.
 * @returns null where it does not
 */
export function bendOf(
  activation: Activation<tf.Tensor>,
): ((dy: tf.Tensor, along: Pick<Along, 'output' | 'tangent'>) => tf.Tensor) | null {
  const bent = curvature(activation);
  return bent && ((dy, { output, tangent }) => bent(dy, output, tangent));
}
