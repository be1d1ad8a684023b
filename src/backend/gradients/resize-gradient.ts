import * as tf from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernels/replace-kernel';

/** How a resize reads its input; the two flags are those of TensorFlow. */
interface Sampling {
  alignCorners: boolean;
  halfPixelCenters: boolean;
}

/** Sets in `row` how much an output place takes of each place of the input. */
type Weigh = (row: Float32Array, place: number, ratio: number, sampling: Sampling) => void;

/**
 * Gradient of a resize: the resize is linear and separable, `y = R x C'`, so its gradient is `R' dy C`.
 *
 * The stock gradients leave out half-pixel centres on every backend.
 */
function resizeGradient(weigh: Weigh): Kernel {
  return ({ inputs, attrs }) => {
    const images = inputs.images as tf.Tensor4D;
    const dy = inputs.dy as tf.Tensor4D;
    const [n, height, width, channels] = images.shape;
    const [, outHeight, outWidth] = dy.shape;
    return tf.tidy(() => {
      const rows = weightMatrix(outHeight, height, attrs as Sampling, weigh);
      const columns = weightMatrix(outWidth, width, attrs as Sampling, weigh);
      const byRow = tf.reshape(tf.transpose(dy, [1, 0, 2, 3]), [outHeight, n * outWidth * channels]);
      const tall = tf.reshape(tf.matMul(rows, byRow, true), [height, n, outWidth, channels]);
      const byColumn = tf.reshape(tf.transpose(tall, [2, 1, 0, 3]), [outWidth, n * height * channels]);
      const both = tf.reshape(tf.matMul(columns, byColumn, true), [width, n, height, channels]);
      return tf.transpose(both, [1, 2, 0, 3]);
    });
  };
}

/** [out, size] */
function weightMatrix(out: number, size: number, sampling: Sampling, weigh: Weigh): tf.Tensor2D {
  const corners = sampling.alignCorners && out > 1 ? 1 : 0;
  const ratio = (size - corners) / (out - corners);
  const values = new Float32Array(out * size);
  for (let place = 0; place < out; place++) {
    weigh(values.subarray(place * size, (place + 1) * size), place, ratio, sampling);
  }
  return tf.tensor2d(values, [out, size]);
}

export const bilinearGradientKernel = resizeGradient((row, place, ratio, { halfPixelCenters }) => {
  const source = halfPixelCenters ? ratio * (place + 0.5) - 0.5 : ratio * place;
  const before = Math.max(0, Math.floor(source));
  const after = Math.min(row.length - 1, Math.ceil(source));
  row[before] += 1 - (source - before);
  row[after] += source - before;
});

export const nearestGradientKernel = resizeGradient((row, place, ratio, sampling) => {
  const source = ratio * (sampling.halfPixelCenters ? place + 0.5 : place);
  const nearest = sampling.alignCorners ? Math.round(source) : Math.floor(source);
  row[Math.min(row.length - 1, nearest)] = 1;
});
