import * as tf from '@tensorflow/tfjs-core';
import { JobKind } from '../fast-convolution/kernel-exports';
import type { Machine } from '../fast-convolution/machine';
import { machineOf } from '../fast-convolution/running';
import { floatsOf, type Kernel, makeFloats } from '../kernels/replace-kernel';

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
  const machine = machineOf(backend);
  if (machine && input.size * dy.size > 0) {
    performMaxPoolGradient(machine, info, { input, dy, dx });
  } else if (tilesInQuarters(info)) {
    const [x, change, result] = [input, dy, dx].map((tensor) => bitsOf(floatsOf(backend, tensor)));
    quarterGradient(x, change, result, info);
  } else {
    maxPoolGradient(floatsOf(backend, input), floatsOf(backend, dy), floatsOf(backend, dx), info);
  }
  return dx;
};

/** Channels of a task where there are many pictures or bands, and where there are few: whole cache lines. */
const CHUNK = { manyBands: 256, fewBands: 16 };

/** The same on the threads of our own kernels; see `fast-convolution/assembly/max-pool-gradient.ts`. */
function performMaxPoolGradient(
  machine: Machine,
  info: tf.backend_util.Conv2DInfo,
  { input, dy, dx }: Record<'input' | 'dy' | 'dx', tf.TensorInfo>,
): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  const wanted = machine.threads > 1 ? 4 * machine.threads : 1;
  // Rows of windows that overlap must be done by one thread, for each adds to what the other left.
  const overlap = info.filterHeight > info.strideHeight;
  const bandsWanted = overlap ? 1 : Math.min(outHeight, Math.ceil(wanted / batchSize));
  const bandRows = Math.ceil(outHeight / bandsWanted);
  const bands = Math.ceil(outHeight / bandRows);
  const chunk = batchSize * bands < wanted ? CHUNK.fewBands : CHUNK.manyBands;
  machine.perform(
    JobKind.maxPoolGradient,
    [
      ...[batchSize, inHeight, inWidth, inChannels, outHeight, outWidth],
      ...[info.filterHeight, info.filterWidth, info.strideHeight, info.strideWidth],
      ...[padInfo.top, padInfo.left, 0],
      ...[machine.addressOf(input), machine.addressOf(dx), chunk],
      ...[machine.addressOf(dy), bandRows, bands],
    ],
    batchSize * bands * Math.ceil(inChannels / chunk),
  );
}

/** True for windows of 2 x 2 that cover the map without gap, overlap or padding. */
const tilesInQuarters = (info: tf.backend_util.Conv2DInfo) =>
  info.filterHeight === 2 &&
  info.filterWidth === 2 &&
  info.strideHeight === 2 &&
  info.strideWidth === 2 &&
  info.padInfo.top === 0 &&
  info.padInfo.left === 0 &&
  info.inHeight === info.outHeight * 2 &&
  info.inWidth === info.outWidth * 2;

const bitsOf = ({ buffer, byteOffset, length }: Float32Array) => new Int32Array(buffer, byteOffset, length);

/** Numbers that are ordered as the floats are whose bits these are. */
const orderOf = (bits: number) => bits ^ ((bits >> 31) & 0x7fffffff);

/**
 * The same as `maxPoolGradient` for windows of 2 x 2, on the bits of the numbers and without a branch: which of
 * four activations is the largest cannot be predicted, and guessing wrong took four fifths of the time.
 */
function quarterGradient(
  x: Int32Array,
  dy: Int32Array,
  dx: Int32Array,
  { batchSize, outHeight, inWidth, inChannels: channels }: tf.backend_util.Conv2DInfo,
): void {
  const row = inWidth * channels;
  let out = 0;
  for (let pair = 0; pair < batchSize * outHeight; pair++) {
    for (let at = pair * 2 * row; at < (pair * 2 + 1) * row; at += channels) {
      for (const end = at + channels; at < end; at++, out++) {
        const b = at + channels;
        const c = at + row;
        const d = c + channels;
        const a0 = orderOf(x[at]);
        const b0 = orderOf(x[b]);
        const c0 = orderOf(x[c]);
        const d0 = orderOf(x[d]);
        // Each is all ones where the later one of two is larger, else all zeros.
        const right = -Number(b0 > a0);
        const rightBelow = -Number(d0 > c0);
        const upper = a0 ^ ((a0 ^ b0) & right);
        const lower = c0 ^ ((c0 ^ d0) & rightBelow);
        const below = -Number(lower > upper);
        const change = dy[out];
        dx[at] = change & ~right & ~below;
        dx[b] = change & right & ~below;
        dx[c] = change & ~rightBelow & below;
        dx[d] = change & rightBelow & below;
      }
    }
  }
}

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
