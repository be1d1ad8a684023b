import * as tf from '@tensorflow/tfjs-core';
import { crop, positive } from '../kernels/crop';
import { floatsOf, type Kernel, makeFloats } from '../kernels/replace-kernel';
import { paddingBack } from './input-gradient';

type Shape4D = [number, number, number, number];

/** Gradient of a depthwise convolution with respect to its input, [n, h, w, c]. */
export const depthwiseInputGradientKernel: Kernel = ({ inputs, attrs, backend }) => {
  const dy = inputs.dy as tf.Tensor4D;
  const filter = inputs.filter as tf.Tensor4D;
  const { inputShape, strides, pad, dilations, dimRoundingMode } =
    attrs as tf.DepthwiseConv2dNativeBackpropInputAttrs;
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filter.shape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    true,
  );
  if (info.strideHeight === 1 && info.strideWidth === 1) return byForwardConvolution(dy, filter, info);
  const dx = makeFloats(backend, inputShape);
  fillInputGradient(floatsOf(backend, dy), floatsOf(backend, filter), floatsOf(backend, dx), info);
  return dx;
};

/**
 * For stride 1: a depthwise convolution of dy with the filter turned by half a turn, summed over the outputs of each
 * channel. It runs on the fast forward kernel.
 */
function byForwardConvolution(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  info: tf.backend_util.Conv2DInfo,
): tf.Tensor4D {
  const [kh, kw, channels, multiplier] = filter.shape;
  const sides = paddingBack(info, dy.shape);
  if (!sides) return tf.zeros(info.inShape);
  return tf.tidy(() => {
    const turned = tf.reshape(tf.reverse(filter, [0, 1]), [kh, kw, channels * multiplier, 1]) as tf.Tensor4D;
    const each = tf.depthwiseConv2d(
      crop(dy, sides.rows, sides.columns),
      turned,
      1,
      [[0, 0], positive(sides.rows), positive(sides.columns), [0, 0]],
      'NHWC',
      [info.dilationHeight, info.dilationWidth],
    );
    if (multiplier === 1) return each;
    return tf.sum(tf.reshape(each, [...info.inShape, multiplier]), 4) as tf.Tensor4D;
  });
}

/**
 * For wider strides: hands every dy to the places its window read. Spread by the stride, dy would be mostly zeros,
 * and a forward convolution of them took ten times as long.
 */
function fillInputGradient(
  dy: Float32Array,
  filter: Float32Array,
  dx: Float32Array,
  info: tf.backend_util.Conv2DInfo,
): void {
  dx.fill(0);
  forEachTap(info, (tap, out, at) => {
    const { inChannels, outChannels } = info;
    if (outChannels === inChannels) {
      for (let c = 0; c < inChannels; c++) dx[at + c] += dy[out + c] * filter[tap + c];
      return;
    }
    const multiplier = outChannels / inChannels;
    for (let c = 0, q = 0; c < inChannels; c++) {
      for (let m = 0; m < multiplier; m++, q++) dx[at + c] += dy[out + q] * filter[tap + q];
    }
  });
}

/** Gradient of a depthwise convolution with respect to its filter, [kh, kw, c, m]. */
export const depthwiseFilterGradientKernel: Kernel = ({ inputs, attrs, backend }) => {
  const { x, dy } = inputs;
  const { strides, pad, dilations, dimRoundingMode, filterShape } =
    attrs as tf.DepthwiseConv2dNativeBackpropFilterAttrs;
  const info = tf.backend_util.computeConv2DInfo(
    x.shape as Shape4D,
    filterShape,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    true,
  );
  const gradient = makeFloats(backend, filterShape);
  fillFilterGradient(floatsOf(backend, x), floatsOf(backend, dy), floatsOf(backend, gradient), info);
  return gradient;
};

/**
 * `dW[i, j, c, m] = sum over n, y, x of input[n, y * s + i * d - top, x * s + j * d - left, c] * dy[n, y, x, c * m]`, in
 * float64.
 */
function fillFilterGradient(
  x: Float32Array,
  dy: Float32Array,
  gradient: Float32Array,
  info: tf.backend_util.Conv2DInfo,
): void {
  const { inChannels, outChannels } = info;
  const multiplier = outChannels / inChannels;
  const sums = new Float64Array(gradient.length);
  forEachTap(info, (tap, out, at) => {
    if (multiplier === 1) {
      for (let c = 0; c < inChannels; c++) sums[tap + c] += x[at + c] * dy[out + c];
      return;
    }
    for (let c = 0, q = 0; c < inChannels; c++) {
      for (let m = 0; m < multiplier; m++, q++) sums[tap + q] += x[at + c] * dy[out + q];
    }
  });
  gradient.set(sums);
}

/**
 * Visits every place of the input that a window reads. The channels of a place lie side by side, so they are left to
 * `visit`, which is given where those of the filter's tap, of the output and of the input begin.
 */
function forEachTap(
  info: tf.backend_util.Conv2DInfo,
  visit: (tap: number, out: number, at: number) => void,
): void {
  const { inHeight, inWidth, outHeight, outWidth, inChannels, outChannels } = info;
  const { strideHeight, strideWidth, padInfo } = info;
  let tap = 0;
  for (let i = 0; i < info.filterHeight; i++) {
    const down = i * info.dilationHeight - padInfo.top;
    const [firstRow, lastRow] = placesInside(down, strideHeight, inHeight, outHeight);
    for (let j = 0; j < info.filterWidth; j++, tap += outChannels) {
      const right = j * info.dilationWidth - padInfo.left;
      const [firstColumn, lastColumn] = placesInside(right, strideWidth, inWidth, outWidth);
      for (let n = 0; n < info.batchSize; n++) {
        for (let row = firstRow; row <= lastRow; row++) {
          const outRow = (n * outHeight + row) * outWidth;
          const inRow = (n * inHeight + row * strideHeight + down) * inWidth + right;
          for (let column = firstColumn; column <= lastColumn; column++) {
            visit(tap, (outRow + column) * outChannels, (inRow + column * strideWidth) * inChannels);
          }
        }
      }
    }
  }
}

/** First and last output position whose input position, `place * stride + shift`, lies in 0..size - 1. */
function placesInside(shift: number, stride: number, size: number, places: number): [number, number] {
  return [
    Math.max(0, Math.ceil(-shift / stride)),
    Math.min(places - 1, Math.floor((size - 1 - shift) / stride)),
  ];
}
