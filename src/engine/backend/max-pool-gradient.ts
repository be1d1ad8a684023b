import * as tf from '@tensorflow/tfjs-core';
import { floatsOf, type Kernel, makeFloats } from './replace-kernel';

/**
 * Gradient of max pooling for WebAssembly.
 *
 * The stock kernel hands the gradient to every position that ties for the maximum. Behind a ReLU most
 * windows of an early layer are all zero, so it multiplies gradients there (up to 18 % off in the sum of a
 * Grad-CAM map). Here the first maximum in reading order takes it all, as in PyTorch and on the CPU backend.
 */
export const maxPoolGradientKernel: Kernel = ({ inputs, attrs, backend }) => {
  const { dy, input } = inputs;
  const { filterSize, strides, pad, dimRoundingMode } = attrs as tf.MaxPoolGradAttrs;
  const info = tf.backend_util.computePool2DInfo(
    input.shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const dx = makeFloats(backend, input.shape);
  maxPoolGradient(floatsOf(backend, input), floatsOf(backend, dy), floatsOf(backend, dx), info);
  return dx;
};

/**
 * Fills `dx` [n, h, w, c] from `dy` [n, oh, ow, c] and the pooled input `x` [n, h, w, c].
 * The channels of a position lie side by side, so they are walked innermost.
 */
function maxPoolGradient(
  x: Float32Array,
  dy: Float32Array,
  dx: Float32Array,
  info: tf.backend_util.Conv2DInfo,
): void {
  dx.fill(0);
  const { batchSize, inHeight, inWidth, outHeight, outWidth, inChannels: channels } = info;
  const rowLength = inWidth * channels;
  const maximum = new Float32Array(channels);
  const place = new Int32Array(channels);
  let out = 0;
  for (let n = 0; n < batchSize; n++) {
    const picture = n * inHeight * rowLength;
    for (let oy = 0; oy < outHeight; oy++) {
      const top = Math.max(0, oy * info.strideHeight - info.padInfo.top);
      const bottom = Math.min(inHeight, oy * info.strideHeight - info.padInfo.top + info.filterHeight);
      for (let ox = 0; ox < outWidth; ox++, out += channels) {
        const left = Math.max(0, ox * info.strideWidth - info.padInfo.left);
        const right = Math.min(inWidth, ox * info.strideWidth - info.padInfo.left + info.filterWidth);
        if (top >= bottom || left >= right) continue;
        const first = picture + top * rowLength + left * channels;
        for (let c = 0; c < channels; c++) {
          maximum[c] = x[first + c];
          place[c] = first + c;
        }
        for (let y = top; y < bottom; y++) {
          for (let column = left; column < right; column++) {
            const position = picture + y * rowLength + column * channels;
            for (let c = 0; c < channels; c++) {
              if (x[position + c] > maximum[c]) {
                maximum[c] = x[position + c];
                place[c] = position + c;
              }
            }
          }
        }
        for (let c = 0; c < channels; c++) dx[place[c]] += dy[out + c];
      }
    }
  }
}
