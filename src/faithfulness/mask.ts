import * as tf from '@tensorflow/tfjs-core';

/**
 * Activations with one region each set to the layer's mean outside it: `A + m (mean_outside - A)`, where m is the share
 * of a cell that the region covers and the mean of a channel weighs cells by 1 - m. Where a region leaves nothing
 * outside, the mean is that of the whole map.
 *
 * @param activation [1, h, w, c]; stays the caller's
 * @param cover regions x h x w, values 0 .. 1
 * @returns [regions, h, w, c], owned by the caller
 */
export function maskedActivations(activation: tf.Tensor4D, cover: Float32Array): tf.Tensor4D {
  const [, height, width, channels] = activation.shape;
  const cells = height * width;
  const regions = cover.length / cells;
  const outside = outsideWeights(cover, cells);
  return tf.tidy(() => {
    const flat = tf.reshape(activation, [cells, channels]);
    const means = tf.reshape(tf.matMul(tf.tensor2d(outside, [regions, cells]), flat), [regions, 1, channels]);
    const shares = tf.tensor3d(cover, [regions, cells, 1]);
    const before = tf.reshape(activation, [1, cells, channels]);
    const masked = tf.add(before, tf.mul(shares, tf.sub(means, before)));
    return tf.reshape(masked, [regions, height, width, channels]) as tf.Tensor4D;
  });
}

/** What every cell counts in the mean outside a region; each region's weights sum to 1. */
function outsideWeights(cover: Float32Array, cells: number): Float32Array {
  const weights = cover.map((share) => 1 - share);
  for (let start = 0; start < weights.length; start += cells) {
    const region = weights.subarray(start, start + cells);
    const sum = region.reduce((total, weight) => total + weight, 0);
    if (sum > 1e-6) for (let i = 0; i < cells; i++) region[i] /= sum;
    else region.fill(1 / cells);
  }
  return weights;
}

/**
 * One picture in place of the other in some pixels: `picture + m (other - picture)`.
 * @param picture [1, h, w, c], as is `other`; both stay the caller's
 * @param cover variants x h x w, values 0 .. 1
 * @returns [variants, h, w, c], owned by the caller
 */
export function mixedPictures(picture: tf.Tensor4D, other: tf.Tensor4D, cover: Float32Array): tf.Tensor4D {
  const [, height, width] = picture.shape;
  return tf.tidy(() => {
    const shares = tf.tensor4d(cover, [cover.length / (height * width), height, width, 1]);
    return tf.add(picture, tf.mul(shares, tf.sub(other, picture))) as tf.Tensor4D;
  });
}
