import * as tf from '@tensorflow/tfjs-core';
import {
  gradientByForwardConvolution,
  spreadByStride,
  convolutionInputGradient as undilatedInputGradient,
} from '../../backend/gradients/input-gradient';
import type { TfPadding } from './window';

type Shape4D = [number, number, number, number];

/**
 * Gradient of a convolution with respect to its input, dilated or not.
 *
 * The stock kernels take no dilation and would silently give the gradient of another convolution; a dilated
 * one goes over the forward kernel.
 * @param dy [n, oh, ow, c_out]
 * @param filter [kh, kw, c_in, c_out]
 * @param inputShape [n, h, w, c_in]
 */
export function convolutionInputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: Shape4D,
  strides: [number, number],
  padding: TfPadding,
  dilations: [number, number],
): tf.Tensor4D {
  if (dilations[0] === 1 && dilations[1] === 1) {
    return undilatedInputGradient(dy, filter, inputShape, strides, padding);
  }
  return gradientByForwardConvolution(dy, filter, inputShape, strides, padding, dilations);
}

/**
 * Gradient of a depthwise convolution with respect to its input: the backend's kernel where it has one that is
 * right, else a forward depthwise convolution of dy, spread by the stride, with the filter turned by half a turn.
 * @param dy [n, oh, ow, c * m]
 * @param filter [kh, kw, c, m]
 * @param inputShape [n, h, w, c]
 */
export function depthwiseInputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: Shape4D,
  strides: [number, number],
  padding: TfPadding,
  dilations: [number, number],
): tf.Tensor4D {
  const dilated = dilations[0] > 1 || dilations[1] > 1;
  if (!dilated && tf.getKernel(tf.DepthwiseConv2dNativeBackpropInput, tf.getBackend())) {
    return tf
      .engine()
      .runKernel(
        tf.DepthwiseConv2dNativeBackpropInput,
        { dy, filter },
        { strides, pad: padding, dilations, inputShape },
      ) as tf.Tensor4D;
  }
  return depthwiseGradientByForward(dy, filter, inputShape, strides, padding, dilations);
}

function depthwiseGradientByForward(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: Shape4D,
  strides: [number, number],
  padding: TfPadding,
  dilations: [number, number],
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
  const [rows, columns, channels, multiplier] = filter.shape;
  const [batch, height, width] = inputShape;
  return tf.tidy(() => {
    const spread = spreadByStride(dy, info.strideHeight, info.strideWidth);
    const turned = tf.reshape(tf.reverse(filter, [0, 1]), [rows, columns, channels * multiplier, 1]);
    // Padded by one full window, of which the convolution's own padding is cut away again, so that no side
    // ever becomes negative.
    const [reachRows, reachColumns] = [(rows - 1) * dilations[0], (columns - 1) * dilations[1]];
    const { top, left } = info.padInfo;
    const below = Math.max(0, height + top - spread.shape[1]);
    const right = Math.max(0, width + left - spread.shape[2]);
    const padded = tf.pad(spread, [
      [0, 0],
      [reachRows, below],
      [reachColumns, right],
      [0, 0],
    ]);
    const full = tf.depthwiseConv2d(padded, turned as tf.Tensor4D, 1, 'valid', 'NHWC', dilations);
    const each = tf.slice4d(full, [0, top, left, 0], [batch, height, width, channels * multiplier]);
    if (multiplier === 1) return each;
    const parts = tf.reshape(each, [batch, height, width, channels, multiplier]);
    return tf.sum(parts, 4) as tf.Tensor4D;
  });
}
