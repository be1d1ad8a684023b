import * as tf from '@tensorflow/tfjs-core';
import { paddingBack, spreadByStride } from './convolution-gradient';
import { cropOrPad } from './crop-or-pad';
import { floatsOf, type Kernel, makeFloats } from './replace-kernel';

type Shape4D = [number, number, number, number];
type Padding = 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;

/**
 * Gradient of a depthwise convolution with respect to its input: a depthwise convolution of dy, spread by
 * the stride, with the filter turned by half a turn, and summed over the outputs of each channel. Works on any
 * backend and for any dilation.
 *
 * @param dy [n, oh, ow, c * m]
 * @param filter [kh, kw, c, m]
 * @param inputShape [n, h, w, c]
 * @returns [n, h, w, c]
 */
export function depthwiseInputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: Shape4D,
  strides: number | [number, number],
  padding: Padding,
  dilations: number | [number, number] = 1,
): tf.Tensor4D {
  const info = tf.backend_util.computeConv2DInfo(
    inputShape,
    filter.shape,
    strides,
    dilations,
    padding,
    undefined,
    true,
  );
  const [kh, kw, channels, multiplier] = filter.shape;
  const [batch, height, width] = inputShape;
  return tf.tidy(() => {
    const spread = spreadByStride(dy, info.strideHeight, info.strideWidth);
    const sides = paddingBack(info, spread.shape);
    if (!sides) return tf.zeros<tf.Rank.R4>(inputShape);
    const turned = tf.reshape(tf.reverse(filter, [0, 1]), [kh, kw, channels * multiplier, 1]) as tf.Tensor4D;
    const read = cropOrPad(spread, sides.rows, sides.columns);
    const each = tf.depthwiseConv2d(read, turned, 1, 'valid', 'NHWC', dilations);
    if (multiplier === 1) return each;
    return tf.sum(tf.reshape(each, [batch, height, width, channels, multiplier]), 4) as tf.Tensor4D;
  });
}

export const depthwiseInputGradientKernel: Kernel = ({ inputs, attrs }) => {
  const { inputShape, strides, pad, dilations } = attrs as tf.DepthwiseConv2dNativeBackpropInputAttrs;
  return depthwiseInputGradient(
    inputs.dy as tf.Tensor4D,
    inputs.filter as tf.Tensor4D,
    inputShape,
    strides,
    pad,
    dilations,
  );
};

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
 * float64. The channels of a position lie side by side, so they are walked innermost.
 */
function fillFilterGradient(
  x: Float32Array,
  dy: Float32Array,
  gradient: Float32Array,
  info: tf.backend_util.Conv2DInfo,
): void {
  const { inHeight, inWidth, outHeight, outWidth, inChannels, outChannels } = info;
  const { strideHeight, strideWidth, dilationHeight, dilationWidth, padInfo } = info;
  const multiplier = outChannels / inChannels;
  const sums = new Float64Array(outChannels);
  let tap = 0;
  for (let i = 0; i < info.filterHeight; i++) {
    const down = i * dilationHeight - padInfo.top;
    const [firstRow, lastRow] = placesInside(down, strideHeight, inHeight, outHeight);
    for (let j = 0; j < info.filterWidth; j++, tap += outChannels) {
      const right = j * dilationWidth - padInfo.left;
      const [firstColumn, lastColumn] = placesInside(right, strideWidth, inWidth, outWidth);
      sums.fill(0);
      for (let n = 0; n < info.batchSize; n++) {
        for (let row = firstRow; row <= lastRow; row++) {
          let out = ((n * outHeight + row) * outWidth + firstColumn) * outChannels;
          let at =
            ((n * inHeight + row * strideHeight + down) * inWidth + firstColumn * strideWidth + right) *
            inChannels;
          for (let column = firstColumn; column <= lastColumn; column++) {
            addProducts(x, at, dy, out, sums, inChannels, multiplier);
            out += outChannels;
            at += strideWidth * inChannels;
          }
        }
      }
      gradient.set(sums, tap);
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

/** sums[c * m] += x[at + c] * dy[out + c * m] */
function addProducts(
  x: Float32Array,
  at: number,
  dy: Float32Array,
  out: number,
  sums: Float64Array,
  channels: number,
  multiplier: number,
): void {
  if (multiplier === 1) {
    for (let c = 0; c < channels; c++) sums[c] += x[at + c] * dy[out + c];
    return;
  }
  for (let c = 0, q = 0; c < channels; c++) {
    for (let m = 0; m < multiplier; m++, q++) sums[q] += x[at + c] * dy[out + q];
  }
}
