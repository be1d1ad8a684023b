import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../../semiotics';
import { activate, beforeActivation } from './activation-layer';
import type { Activation, LayerRun } from './run-layers';

/** The sum of a residual block's two branches, and the activation behind it. */
export function runAddition(a: tf.Tensor, b: tf.Tensor, activation: Activation): LayerRun {
  const output = activate(
    tf.tidy(() => tf.add(a, b)),
    activation,
  );
  return {
    output,
    pull: (gradient) =>
      beforeActivation(gradient, output, activation, (dy) => ({
        inputs: [dy.clone(), dy.clone()],
        weights: {},
      })),
  };
}

/** [b, h, w, c] to [b, c], the mean over the places, or to [b, h w c]. */
export function runJoin(by: 'average' | 'flatten', x: tf.Tensor4D): LayerRun {
  const [batch, height, width, channels] = x.shape;
  const places = height * width;
  const output = tf.tidy(() =>
    by === 'average' ? tf.mean(x, [1, 2]) : tf.reshape(x, [batch, places * channels]),
  );
  return {
    output,
    pull: (dy, towardsInput) => {
      if (!towardsInput) return { inputs: [null], weights: {} };
      const dx = tf.tidy(() =>
        by === 'average'
          ? tf.mul(tf.reshape(dy, [batch, 1, 1, channels]), tf.fill([1, height, width, 1], 1 / places))
          : tf.reshape(dy, x.shape),
      );
      return { inputs: [dx], weights: {} };
    },
  };
}

/** Sets a share of the numbers to 0 and scales the others up, so that their mean stays (Srivastava et al. 2014). */
export function runDropout(rate: number, x: tf.Tensor, random: Random): LayerRun {
  const values = new Float32Array(x.size);
  const kept = 1 / (1 - rate);
  for (let i = 0; i < values.length; i++) values[i] = random.next() < rate ? 0 : kept;
  const mask = tf.tensor(values, x.shape);
  return {
    output: tf.tidy(() => tf.mul(x, mask)),
    kept: [mask],
    pull: (dy) => ({ inputs: [tf.tidy(() => tf.mul(dy, mask))], weights: {} }),
  };
}
