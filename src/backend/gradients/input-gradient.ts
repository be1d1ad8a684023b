import * as tf from '@tensorflow/tfjs-core';
import { crop, positive, type Sides } from '../kernels/crop';

type Shape4D = [number, number, number, number];
type Padding = 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;

/**
 * Gradient of a convolution with respect to its input.
 *
 * @param dy [n, oh, ow, c_out]
 * @param filter [kh, kw, c_in, c_out]
 * @param inputShape [n, h, w, c_in]
 * @returns [n, h, w, c_in]
 */
export function convolutionInputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: Shape4D,
  strides: [number, number],
  padding: Padding,
): tf.Tensor4D {
  return tf
    .engine()
    .runKernel(
      tf.Conv2DBackpropInput,
      { dy, filter },
      { inputShape, strides, pad: padding, dataFormat: 'NHWC' },
    ) as tf.Tensor4D;
}

/**
 * The same for dilated convolutions, whose gradient TensorFlow.js' kernels get wrong: a convolution of dy, spread by the stride, with the
 * filter turned by half a turn and its channel axes swapped. Shapes as above.
 */
export function gradientByForwardConvolution(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: Shape4D,
  strides: number | [number, number],
  padding: Padding,
  dilations: number | [number, number] = 1,
): tf.Tensor4D {
  return tf.tidy(() => convolveBack(dy, turned(filter), inputShape, strides, padding, dilations));
}

/** @param turnedFilter [kh, kw, c_out, c_in] */
function convolveBack(
  dy: tf.Tensor4D,
  turnedFilter: tf.Tensor4D,
  inputShape: Shape4D,
  strides: number | [number, number],
  padding: Padding,
  dilations: number | [number, number],
): tf.Tensor4D {
  const [kh, kw, channelsOut, channelsIn] = turnedFilter.shape;
  const filterShape: Shape4D = [kh, kw, channelsIn, channelsOut];
  const info = tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, dilations, padding);
  return tf.tidy(() => {
    const spread = spreadByStride(dy, info.strideHeight, info.strideWidth);
    const sides = paddingBack(info, spread.shape);
    if (!sides) return tf.zeros<tf.Rank.R4>(inputShape);
    return tf.conv2d(
      crop(spread, sides.rows, sides.columns),
      turnedFilter,
      1,
      [[0, 0], positive(sides.rows), positive(sides.columns), [0, 0]],
      'NHWC',
      dilations,
    );
  });
}

/**
 * Rows and columns around dy, spread by the stride, from which a turned filter makes the gradient. Negative
 * where the padding was wider than the kernel: what lies that far outside never reaches the input.
 * @returns null where every window lies in the padding, which a stride wider than the kernel can bring about
 */
function paddingBack(
  info: tf.backend_util.Conv2DInfo,
  [, height, width]: readonly number[],
): { rows: Sides; columns: Sides } | null {
  const { top, left } = info.padInfo;
  const rows: Sides = [info.effectiveFilterHeight - 1 - top, info.inHeight - height + top];
  const columns: Sides = [info.effectiveFilterWidth - 1 - left, info.inWidth - width + left];
  const unseen = (size: number, [before, after]: Sides) =>
    size + Math.min(0, before) + Math.min(0, after) <= 0;
  return unseen(height, rows) || unseen(width, columns) ? null : { rows, columns };
}

/** dy with stride - 1 zeros between its rows and columns: [n, (oh - 1) * sh + 1, (ow - 1) * sw + 1, c]. */
export function spreadByStride(dy: tf.Tensor4D, strideHeight: number, strideWidth: number): tf.Tensor4D {
  if (strideHeight === 1 && strideWidth === 1) return dy;
  const [n, h, w, c] = dy.shape;
  const rows = tf.pad(tf.reshape(dy, [n, h, 1, w * c]), [
    [0, 0],
    [0, 0],
    [0, strideHeight - 1],
    [0, 0],
  ]);
  const height = h * strideHeight;
  const columns = tf.pad(tf.reshape(rows, [n * height, w, 1, c]), [
    [0, 0],
    [0, 0],
    [0, strideWidth - 1],
    [0, 0],
  ]);
  const spread = tf.reshape(columns, [n, height, w * strideWidth, c]) as tf.Tensor4D;
  return tf.slice4d(spread, [0, 0, 0, 0], [n, height - strideHeight + 1, (w - 1) * strideWidth + 1, c]);
}

/** [kh, kw, c_out, c_in], turned by half a turn. */
const turned = (filter: tf.Tensor4D) =>
  tf.tidy(() => tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]) as tf.Tensor4D);
