import * as tf from '@tensorflow/tfjs-core';
import { ofOnePicture } from './token-places';

/**
 * Attention rollout up to one block: R_l = norm((P'_l + I) / 2) R_(l-1), where P' is the mean over heads, I stands for
 * what the residual connection passes on, and norm makes rows sum to 1 (Abnar and Zuidema 2020, equation 1).
 * The map of the block is what the class token's row holds of the grid: `mapOfClass`.
 * @param before R_(l-1), [N, N]; null before the first block
 * @param probabilities P_l, [1, heads, N, N]
 * @returns R_l, [N, N]
 */
export function rollout(before: tf.Tensor2D | null, probabilities: tf.Tensor): tf.Tensor2D {
  return tf.tidy(() => {
    const mean = tf.mean(ofOnePicture(probabilities), 0) as tf.Tensor2D;
    const step = tf.div(tf.add(mean, tf.eye(mean.shape[0])), 2);
    const normalised = tf.div(step, tf.sum(step, 1, true)) as tf.Tensor2D;
    return before === null ? normalised : tf.matMul(normalised, before);
  });
}
