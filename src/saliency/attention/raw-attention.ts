import * as tf from '@tensorflow/tfjs-core';
import type { TokenPlaces } from '../../network/tokens/attention-probabilities';
import { patchAt } from './patch-at';
import { mapOfClass, mapOfRow, ofOnePicture } from './token-places';

/** Whose attention is shown. */
export interface AttentionChoice {
  /**
   * Place in the picture of the token that reads, as shares of its width and height from the upper left; null for the class
   * token, or the mean of all tokens without one.
   */
  readonly token: { readonly x: number; readonly y: number } | null;
  /** One head, from 0; null for the mean of all, which is also what a block with fewer heads shows. */
  readonly head: number | null;
}

/** The token of a grid that a place in the picture belongs to, row by row from 0. */
export function tokenAt(place: { x: number; y: number }, grid: readonly [number, number]): number {
  const { column, row } = patchAt(place, grid);
  return row * grid[1] + column;
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
      head === null || head >= heads.shape[0]
        ? tf.mean(heads, 0)
        : tf.squeeze(tf.slice(heads, [head, 0, 0], [1, -1, -1]), [0])
    ) as tf.Tensor2D;
    if (token === null) return mapOfClass(matrix, places);
    return mapOfRow(tf.slice(matrix, [places.first + tokenAt(token, places.grid), 0], [1, -1]), places);
  });
}
