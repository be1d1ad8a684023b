import * as tf from '@tensorflow/tfjs-core';

type Shape4D = [number, number, number, number];

/**
 * Gradient of a convolution with respect to its input.
 *
 * On WebAssembly the stock kernel is a plain loop (25 times slower than the forward pass on VGG-16). The
 * gradient of a convolution equals a convolution of dy, spread by the stride, with the filter turned by
 * half a turn and its channel axes swapped, which runs on the fast forward kernel.
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
  padding: 'same' | 'valid' | number | tf.backend_util.ExplicitPadding,
): tf.Tensor4D {
  if (tf.getBackend() === 'wasm') {
    return gradientByForwardConvolution(dy, filter, inputShape, strides, padding);
  }
  return tf
    .engine()
    .runKernel(
      tf.Conv2DBackpropInput,
      { dy, filter },
      { inputShape, strides, pad: padding, dataFormat: 'NHWC' },
    ) as tf.Tensor4D;
}

/** The same for any backend whose forward convolution is its fastest kernel. Shapes as above. */
export function gradientByForwardConvolution(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  inputShape: Shape4D,
  strides: number | [number, number],
  padding: 'same' | 'valid' | number | tf.backend_util.ExplicitPadding,
  dilations: [number, number] = [1, 1],
): tf.Tensor4D {
  const info = tf.backend_util.computeConv2DInfo(inputShape, filter.shape, strides, dilations, padding);
  const reach = [(info.filterHeight - 1) * dilations[0], (info.filterWidth - 1) * dilations[1]];
  return tf.tidy(() => {
    const spread = spreadByStride(dy, info.strideHeight, info.strideWidth);
    const { top, left } = info.padInfo;
    const [, height, width] = spread.shape;
    const rows: [number, number] = [reach[0] - top, info.inHeight - height + top];
    const columns: [number, number] = [reach[1] - left, info.inWidth - width + left];
    // With a stride wider than the kernel, every window may lie in the padding.
    const unseen = height + Math.min(0, rows[0]) + Math.min(0, rows[1]) <= 0;
    if (unseen || width + Math.min(0, columns[0]) + Math.min(0, columns[1]) <= 0) {
      return tf.zeros<tf.Rank.R4>(inputShape);
    }
    const gradient = tf.conv2d(
      cropNegative(spread, rows, columns),
      turnedFilter(filter),
      1,
      [[0, 0], positive(rows), positive(columns), [0, 0]],
      'NHWC',
      dilations,
    );
    return gradient;
  });
}

const positive = ([before, after]: [number, number]): [number, number] => [
  Math.max(0, before),
  Math.max(0, after),
];

/** A padding wider than the kernel never reaches the input: what lies outside is cut away. */
function cropNegative(x: tf.Tensor4D, rows: [number, number], columns: [number, number]): tf.Tensor4D {
  const [top, bottom, left, right] = [...rows, ...columns].map((side) => Math.max(0, -side));
  if (top + bottom + left + right === 0) return x;
  const [n, h, w, c] = x.shape;
  return tf.slice4d(x, [0, top, left, 0], [n, h - top - bottom, w - left - right, c]);
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

const turnedFilters = new WeakMap<object, tf.Tensor4D>();

/**
 * [kh, kw, c_out, c_in], turned by half a turn. Kept as long as its filter lives, because XNNPACK packs a
 * filter's weights once per tensor: making it anew for every picture costs as much as the convolution.
 */
function turnedFilter(filter: tf.Tensor4D): tf.Tensor4D {
  const known = turnedFilters.get(filter.dataId);
  if (known && !known.isDisposed) return known;
  const turned = tf.keep(
    tf.tidy(() => tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2])) as tf.Tensor4D,
  );
  turnedFilters.set(filter.dataId, turned);
  return turned;
}

/** Frees what was kept for `filter`; to be called where the filter itself is disposed. */
export function disposeTurnedFilter(filter: tf.Tensor): void {
  turnedFilters.get(filter.dataId)?.dispose();
  turnedFilters.delete(filter.dataId);
}

/** Puts the fast gradient in the place of WebAssembly's stock kernel, so that every gradient uses it. */
export function registerFastConvolutionGradient(): void {
  const stock = tf.getKernel(tf.Conv2DBackpropInput, 'wasm');
  if (stock) tf.unregisterKernel(tf.Conv2DBackpropInput, 'wasm');
  tf.registerKernel({
    kernelName: tf.Conv2DBackpropInput,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      const { inputShape, strides, pad } = attrs as unknown as tf.Conv2DBackpropInputAttrs;
      return gradientByForwardConvolution(
        inputs.dy as tf.Tensor4D,
        inputs.filter as tf.Tensor4D,
        inputShape,
        strides as [number, number],
        pad,
      );
    },
  });
}
