import * as tf from '@tensorflow/tfjs-core';
import { mapOfClass, mapOfRow, ofOnePicture, type TokenPlaces } from './token-places';

/** Whose attention is shown. */
export interface AttentionChoice {
  /** The token of the grid that reads, row by row from 0; null for the class token, or the mean of all without one. */
  readonly token: number | null;
  /** One head, from 0; null for the mean of all. */
  readonly head: number | null;
}

/**
 * Where a token looks: its row of the attention probabilities P of a block, those of one head or their mean over heads
 * (Vaswani et al. 2017, equation 1: the rows of the softmax). It says what is read, not what decides.
 * @param probabilities P, [1, heads, N, N]; every row sums to 1
 * @returns [rows, columns], not normalised
 */
export function rawAttention(
  probabilities: tf.Tensor,
  places: TokenPlaces,
  { token, head }: AttentionChoice,
): tf.Tensor2D {
  return tf.tidy(() => {
    const heads = ofOnePicture(probabilities);
    const matrix = (
      head === null ? tf.mean(heads, 0) : tf.squeeze(tf.slice(heads, [head, 0, 0], [1, -1, -1]), [0])
    ) as tf.Tensor2D;
    if (token === null) return mapOfClass(matrix, places);
    return mapOfRow(tf.slice(matrix, [places.first + token, 0], [1, -1]), places);
  });
}
