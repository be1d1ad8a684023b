import * as tf from '@tensorflow/tfjs-core';

/**
 * A linear map that works on rows and columns apart.
 * @param x [b, h, w, c]
 * @param rows [h', h] matrix of the rows, or [h, h'] where it is to be used transposed
 * @param columns [w', w] matrix of the columns, likewise
 * @returns [b, h', w', c]
 */
export function onBothAxes(
  x: tf.Tensor,
  rows: tf.Tensor2D,
  columns: tf.Tensor2D,
  transposed: boolean,
): tf.Tensor {
  const [batch, height, width, channels] = x.shape;
  const [toRows, toColumns] = [rows, columns].map(({ shape }) => shape[transposed ? 1 : 0]);
  const repeated = (matrix: tf.Tensor2D, times: number) => tf.tile(tf.expandDims(matrix), [times, 1, 1]);
  const tall = tf.matMul(
    repeated(rows, batch),
    tf.reshape(x, [batch, height, width * channels]) as tf.Tensor3D,
    transposed,
  );
  const lines = tf.reshape(tall, [batch * toRows, width, channels]) as tf.Tensor3D;
  const wide = tf.matMul(repeated(columns, batch * toRows), lines, transposed);
  return tf.reshape(wide, [batch, toRows, toColumns, channels]);
}
