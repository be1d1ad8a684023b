import * as tf from '@tensorflow/tfjs-core';
import { ofOnePicture } from './token-places';

/**
 * What one block adds to the relevance: mean over heads of relu(dy/dP * P) (Chefer, Gur and Wolf 2021, "Generic
 * attention-model explainability", equation 5).
 * @param probabilities P, [1, heads, N, N]
 * @param gradient dy/dP of the class logit, [1, heads, N, N]
 * @returns [N, N]
 */
export function weightedAttention(probabilities: tf.Tensor, gradient: tf.Tensor): tf.Tensor2D {
  return tf.tidy(() => tf.mean(tf.relu(tf.mul(ofOnePicture(gradient), ofOnePicture(probabilities))), 0));
}

/**
 * Relevance up to one block: R_l = R_(l-1) + W_l R_(l-1), R_0 = I (equation 6, self-attention).
 * The map of the block is what the class token's row holds of the grid: `mapOfClass`.
 * @param before R_(l-1), [N, N]; null before the first block
 * @param weighted W_l, `weightedAttention` of the block
 * @returns R_l, [N, N]
 */
export function attentionRelevance(before: tf.Tensor2D | null, weighted: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const relevance = before ?? (tf.eye(weighted.shape[0]) as tf.Tensor2D);
    return tf.add(relevance, tf.matMul(weighted, relevance));
  });
}
