import * as tf from '@tensorflow/tfjs-core';
import { floatsOf, type Kernel, makeFloats } from '../kernels/replace-kernel';

/**
 * Gradient of average pooling.
 *
 * Forward, TensorFlow.js divides each window's sum by the places that lie inside the map; its gradients divide
 * by the whole window instead, so with `same` padding they are too small along the border, on every backend.
 * Here the stock kernel is given a dy that makes up for it.
 */
export function averagePoolGradientKernel(stock: Kernel): Kernel {
  return (parameters) => {
    const { dy, input } = parameters.inputs;
    const info = poolingOf(input, parameters.attrs as tf.AvgPoolGradAttrs);
    const { top, bottom, left, right } = info.padInfo;
    if (top + bottom + left + right === 0) return stock(parameters);
    const counts = placesInWindows(info);
    const area = info.filterHeight * info.filterWidth;
    return tf.tidy(() => {
      const factors = tf.tensor4d(
        counts.map((count) => area / count),
        [1, info.outHeight, info.outWidth, 1],
      );
      return stock({ ...parameters, inputs: { input, dy: tf.mul(dy, factors) } }) as tf.Tensor;
    });
  };
}

/** The same on our own backend, channels innermost. */
export const wasmAveragePoolGradientKernel: Kernel = ({ inputs, attrs, backend }) => {
  const { dy, input } = inputs;
  const info = poolingOf(input, attrs as tf.AvgPoolGradAttrs);
  const dx = makeFloats(backend, input.shape);
  spread(floatsOf(backend, dy), floatsOf(backend, dx), info);
  return dx;
};

function poolingOf(input: tf.Tensor, { filterSize, strides, pad }: tf.AvgPoolGradAttrs) {
  const shape = input.shape as [number, number, number, number];
  return tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad);
}

/** First row or column of a window inside the map, and the one after its last. */
function reach(
  place: number,
  stride: number,
  before: number,
  window: number,
  size: number,
): [number, number] {
  const start = place * stride - before;
  return [Math.max(0, start), Math.min(size, start + window)];
}

/** Places of each window that lie inside the map, [oh, ow]; at least 1, for windows that see nothing. */
function placesInWindows(info: tf.backend_util.Conv2DInfo): Float32Array {
  const counts = new Float32Array(info.outHeight * info.outWidth);
  for (let oy = 0, i = 0; oy < info.outHeight; oy++) {
    const [top, bottom] = reach(oy, info.strideHeight, info.padInfo.top, info.filterHeight, info.inHeight);
    for (let ox = 0; ox < info.outWidth; ox++, i++) {
      const [left, right] = reach(ox, info.strideWidth, info.padInfo.left, info.filterWidth, info.inWidth);
      counts[i] = Math.max(1, (bottom - top) * (right - left));
    }
  }
  return counts;
}

/** Adds dy [n, oh, ow, c], divided by the places of its window, to each of them in dx [n, h, w, c]. */
function spread(dy: Float32Array, dx: Float32Array, info: tf.backend_util.Conv2DInfo): void {
  dx.fill(0);
  const { batchSize, inHeight, inWidth, outHeight, outWidth, inChannels: channels } = info;
  const counts = placesInWindows(info);
  for (let n = 0, out = 0; n < batchSize; n++) {
    for (let oy = 0, i = 0; oy < outHeight; oy++) {
      const [top, bottom] = reach(oy, info.strideHeight, info.padInfo.top, info.filterHeight, inHeight);
      for (let ox = 0; ox < outWidth; ox++, i++, out += channels) {
        const [left, right] = reach(ox, info.strideWidth, info.padInfo.left, info.filterWidth, inWidth);
        const share = 1 / counts[i];
        for (let y = top; y < bottom; y++) {
          let at = ((n * inHeight + y) * inWidth + left) * channels;
          for (let x = left; x < right; x++) {
            for (let c = 0; c < channels; c++, at++) dx[at] += dy[out + c] * share;
          }
        }
      }
    }
  }
}
