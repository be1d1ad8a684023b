import * as tf from '@tensorflow/tfjs-core';

/**
 * Zeros around the maps of a tensor [n, h, w, c]; a negative number of rows or columns cuts them off.
 * @param rows above and below; @param columns left and right
 */
export function cropOrPad(x: tf.Tensor4D, rows: [number, number], columns: [number, number]): tf.Tensor4D {
  const cropped = crop(x, rows, columns);
  const [above, below, left, right] = [...rows, ...columns].map((count) => Math.max(0, count));
  if (above + below + left + right === 0) return cropped;
  return tf.pad(cropped, [
    [0, 0],
    [above, below],
    [left, right],
    [0, 0],
  ]);
}

/** Cuts off where rows or columns are negative; nothing is added. */
export function crop(x: tf.Tensor4D, rows: [number, number], columns: [number, number]): tf.Tensor4D {
  const [above, below, left, right] = [...rows, ...columns].map((count) => Math.max(0, -count));
  if (above + below + left + right === 0) return x;
  const [n, h, w, c] = x.shape;
  return tf.slice4d(x, [0, above, left, 0], [n, h - above - below, w - left - right, c]);
}
