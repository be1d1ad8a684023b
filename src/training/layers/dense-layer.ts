import * as tf from '@tensorflow/tfjs-core';
import { activate, beforeActivation } from './activation-layer';
import type { Activation, LayerRun, WeightOf } from './run-layers';

/** x M + b and the activation behind it; x is [batch, in]. */
export function runDense(x: tf.Tensor2D, weight: WeightOf, activation: Activation): LayerRun {
  const matrix = weight('matrix') as tf.Tensor2D;
  const output = activate(
    tf.tidy(() => tf.add(tf.matMul(x, matrix), weight('bias'))),
    activation,
  );
  return {
    output,
    pull: (gradient, towardsInput) =>
      beforeActivation(gradient, output, activation, (change) => {
        const dy = change as tf.Tensor2D;
        const ofMatrix = tf.tidy(() => tf.matMul(x, dy, true, false));
        const bias = tf.tidy(() => tf.sum(dy, 0));
        const dx = towardsInput ? tf.tidy(() => tf.matMul(dy, matrix, false, true)) : null;
        return { inputs: [dx], weights: { matrix: ofMatrix, bias } };
      }),
  };
}
