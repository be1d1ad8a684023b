import * as tf from '@tensorflow/tfjs-core';
import { fillFilterGradient } from '../fast-convolution/filter-gradient';
import type { Geometry } from '../fast-convolution/geometry';
import { machineOf } from '../fast-convolution/running';
import { crop } from '../kernels/crop';
import { type Kernel, type KernelParameters, makeFloats } from '../kernels/replace-kernel';

/**
 * Gradient of a convolution with respect to its filter, which WebAssembly has no kernel for.
 *
 * `dW[i, j, c, k] = sum over n, y, x of input[n, y * s + i - top, x * s + j - left, c] * dy[n, y, x, k]` is itself a
 * convolution: channels take the place of the batch, the batch that of the channels, and dy, dilated by the
 * stride, that of the filter. So it runs on the fast forward kernel, on all threads.
 *
 * @param x [n, h, w, c_in]
 * @param dy [n, oh, ow, c_out]
 * @param filterShape [kh, kw, c_in, c_out]
 * @returns [kh, kw, c_in, c_out]
 */
export function convolutionFilterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  filterShape: [number, number, number, number],
  strides: number | [number, number],
  padding: 'same' | 'valid' | number | tf.backend_util.ExplicitPadding,
  roundingMode?: 'floor' | 'round' | 'ceil',
): tf.Tensor4D {
  const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, padding, roundingMode);
  // As many rows and columns as the windows read, padding included; what no window reads is cut off.
  const rows = (info.outHeight - 1) * info.strideHeight + info.filterHeight;
  const columns = (info.outWidth - 1) * info.strideWidth + info.filterWidth;
  const [above, left] = [info.padInfo.top, info.padInfo.left];
  const [below, right] = [rows - above - info.inHeight, columns - left - info.inWidth];
  // With a stride wider than the kernel, every window may lie in the padding.
  if (rows <= above || columns <= left) return tf.zeros(filterShape);
  return tf.tidy(() => {
    const gradient = tf.conv2d(
      tf.transpose(crop(x, [0, below], [0, right]), [3, 1, 2, 0]) as tf.Tensor4D,
      tf.transpose(dy, [1, 2, 0, 3]) as tf.Tensor4D,
      1,
      [
        [0, 0],
        [above, Math.max(0, below)],
        [left, Math.max(0, right)],
        [0, 0],
      ],
      'NHWC',
      [info.strideHeight, info.strideWidth],
    );
    return tf.transpose(gradient, [1, 2, 0, 3]) as tf.Tensor4D;
  });
}

/** By kernels of our own; null where they do not run. */
function filterGradientFast({ inputs, attrs, backend }: KernelParameters): tf.TensorInfo | null {
  const machine = machineOf(backend);
  const { x, dy } = inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
  const { strides, pad, dimRoundingMode, filterShape } = attrs as tf.Conv2DBackpropFilterAttrs;
  if (!machine || x.size === 0 || dy.size === 0) return null;
  const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad, dimRoundingMode);
  const output = makeFloats(backend, filterShape);
  const geometry: Geometry = {
    kernel: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [1, 1],
    top: info.padInfo.top,
    left: info.padInfo.left,
  };
  fillFilterGradient(machine, { geometry, input: x, change: dy, output });
  return output;
}

/** In the place of WebAssembly's missing kernel `Conv2DBackpropFilter`: inputs x and dy. */
export const convolutionFilterGradientKernel: Kernel = (parameters) => {
  const { strides, pad, dimRoundingMode, filterShape } = parameters.attrs as tf.Conv2DBackpropFilterAttrs;
  return (
    filterGradientFast(parameters) ??
    convolutionFilterGradient(
      parameters.inputs.x as tf.Tensor4D,
      parameters.inputs.dy as tf.Tensor4D,
      filterShape,
      strides as [number, number],
      pad,
      dimRoundingMode,
    )
  );
};
