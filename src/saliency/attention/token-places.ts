import * as tf from '@tensorflow/tfjs-core';
import type { TokenPlaces } from '../../network/tokens/attention-probabilities';

/**
 * What the class token reads of the grid, or, without a class token, what all tokens read of it on average.
 * @param matrix [N, N], a row for each token that reads
 * @returns [rows, columns]
 */
export function mapOfClass(matrix: tf.Tensor2D, places: TokenPlaces): tf.Tensor2D {
  const { classToken } = places;
  return tf.tidy(() => {
    const row = classToken === null ? tf.mean(matrix, 0) : tf.slice(matrix, [classToken, 0], [1, -1]);
    return mapOfRow(row, places);
  });
}

/** The places of the grid in a row of N numbers, one a token: [rows, columns]. */
export function mapOfRow(row: tf.Tensor, { grid: [rows, columns], first }: TokenPlaces): tf.Tensor2D {
  return tf.tidy(() =>
    tf.reshape(tf.slice(tf.reshape(row, [-1]), [first], [rows * columns]), [rows, columns]),
  );
}

/** Attention of a picture without its batch axis: [heads, N, N]. */
export const ofOnePicture = (attention: tf.Tensor): tf.Tensor3D =>
  tf.reshape(attention, attention.shape.slice(-3) as [number, number, number]);
