import * as tf from '@tensorflow/tfjs-core';

/** Sequences taken apart into their steps and put together again, in the order in which the steps are taken. */
export const alongSteps = (backwards: boolean) => ({
  /** A tensor [..., steps, n] as one of each step, [sequences, n]. */
  stepsOf(x: tf.Tensor): tf.Tensor2D[] {
    const [steps, numbers] = x.shape.slice(-2);
    const turned = tf.transpose(tf.reshape(x, [-1, steps, numbers]), [1, 0, 2]);
    const parts = tf.unstack(turned) as tf.Tensor2D[];
    return backwards ? parts.reverse() : parts;
  },

  /** The other way round. */
  joined(parts: readonly tf.Tensor[], shape: readonly number[]): tf.Tensor {
    const ordered = backwards ? parts.toReversed() : [...parts];
    return tf.reshape(tf.transpose(tf.stack(ordered), [1, 0, 2]), [...shape]);
  },
});

/** What all steps' inputs add to the gates, [..., steps, c] to [..., steps, gates]. */
export function projection(x: tf.Tensor, kernel: tf.Tensor2D, bias: tf.Tensor | null): tf.Tensor {
  const product = tf.matMul(tf.reshape(x, [-1, x.shape[x.rank - 1]]) as tf.Tensor2D, kernel);
  return tf.reshape(bias ? tf.add(product, bias) : product, [...x.shape.slice(0, -1), kernel.shape[1]]);
}
