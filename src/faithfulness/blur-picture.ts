import * as tf from '@tensorflow/tfjs-core';

/** Standard deviation as a share of the picture's width: 10 pixels of 224, as in Fong and Vedaldi 2017. */
const DEVIATION = 10 / 224;

/**
 * The picture without its detail, what pixels are replaced by: a Gaussian of 10/224 of the width, cut off at three
 * deviations; at the border the weights that lie inside are scaled to sum to 1.
 *
 * @param picture [1, h, w, c]; stays the caller's
 * @returns [1, h, w, c], owned by the caller
 */
export async function blurred(picture: tf.Tensor4D): Promise<tf.Tensor4D> {
  const [, height, width, channels] = picture.shape;
  const values = await picture.data();
  const deviation = width * DEVIATION;
  const wide = blurAxis(Float64Array.from(values), height, width, channels, deviation);
  const both = blurAxis(wide, 1, height, width * channels, deviation);
  return tf.tensor4d(Float32Array.from(both), [1, height, width, channels]);
}

/** Blurs the middle axis of [outer, length, inner]. */
function blurAxis(
  values: Float64Array,
  outer: number,
  length: number,
  inner: number,
  deviation: number,
): Float64Array {
  const radius = Math.ceil(3 * deviation);
  const kernel = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-0.5 * ((i - radius) / deviation) ** 2),
  );
  const out = new Float64Array(values.length);
  for (let at = 0; at < length; at++) {
    const [from, to] = [Math.max(0, at - radius), Math.min(length - 1, at + radius)];
    let sum = 0;
    for (let k = from; k <= to; k++) sum += kernel[k - at + radius];
    for (let k = from; k <= to; k++) {
      const weight = kernel[k - at + radius] / sum;
      for (let o = 0; o < outer; o++) {
        const [target, source] = [(o * length + at) * inner, (o * length + k) * inner];
        for (let i = 0; i < inner; i++) out[target + i] += weight * values[source + i];
      }
    }
  }
  return out;
}
