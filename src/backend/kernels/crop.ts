import * as tf from '@tensorflow/tfjs-core';

/** Rows or columns before and after a map; negative ones are cut off. */
export type Sides = [number, number];

/** What of the sides is added to the map, as zeros. */
export const positive = ([before, after]: Sides): Sides => [Math.max(0, before), Math.max(0, after)];

/** Cuts off, from a tensor [n, h, w, c], the rows and columns that are negative; nothing is added. */
export function crop(x: tf.Tensor4D, rows: Sides, columns: Sides): tf.Tensor4D {
  const [above, below, left, right] = [...rows, ...columns].map((count) => Math.max(0, -count));
  if (above + below + left + right === 0) return x;
  const [n, h, w, c] = x.shape;
  return tf.slice4d(x, [0, above, left, 0], [n, h - above - below, w - left - right, c]);
}
