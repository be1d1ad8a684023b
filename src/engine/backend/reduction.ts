import * as tf from '@tensorflow/tfjs-core';
import type { Kernel } from './replace-kernel';

interface ReductionAttributes {
  axis: number | number[];
  keepDims: boolean;
}

/** Below this many numbers the way over pooling costs more than it saves. */
const smallest = 1024;

/**
 * Sums and means over axes that stand side by side and are not the last, such as those of a bias's gradient
 * or of batch statistics.
 *
 * The stock kernels transpose such a tensor first, at 10 to 20 times the cost. Here every reduced axis is one
 * window of an average pooling, which walks the channels innermost and runs on all threads.
 * @param result what to make of the mean of `count` numbers
 */
function overOuterAxes(stock: Kernel, result: (mean: tf.Tensor, count: number) => tf.Tensor): Kernel {
  return (parameters) => {
    const { inputs, attrs } = parameters;
    const x = inputs.x;
    const { axis, keepDims } = attrs as ReductionAttributes;
    const axes = tf.util.parseAxisParam(axis, x.shape).sort((a, b) => a - b);
    const sideBySide = axes.every((value, i) => value === axes[0] + i);
    if (x.dtype !== 'float32' || x.size < smallest || !sideBySide || axes.at(-1) === x.shape.length - 1) {
      return stock(parameters);
    }
    const [first, after] = [axes[0], axes[0] + axes.length];
    const outer = tf.util.sizeFromShape(x.shape.slice(0, first));
    const inner = tf.util.sizeFromShape(x.shape.slice(after));
    const count = tf.util.sizeFromShape(x.shape.slice(first, after));
    if (count < 2) return stock(parameters);
    const shape = x.shape.flatMap((size, i) => (i < first || i >= after ? [size] : keepDims ? [1] : []));
    return tf.tidy(() => {
      let means = tf.reshape(x, [outer, count, inner]) as tf.Tensor3D;
      // Axis by axis, the last one first: sums stay short, so float32 keeps its digits.
      for (let i = after - 1, left = count; i >= first; i--) {
        left /= x.shape[i];
        means = tf.reshape(meansOf(means, x.shape[i]), [outer, left, inner]) as tf.Tensor3D;
      }
      return tf.reshape(result(means, count), shape);
    });
  };
}

/** Means of `window` neighbours along the middle axis: [o, k * window, c] to [o * k, 1, c]. */
function meansOf(x: tf.Tensor3D, window: number): tf.Tensor {
  if (window === 1) return x;
  const [outer, length, inner] = x.shape;
  const pictures = tf.reshape(x, [(outer * length) / window, window, 1, inner]) as tf.Tensor4D;
  return tf.avgPool(pictures, [window, 1], 1, 'valid');
}

export const meanKernel = (stock: Kernel) => overOuterAxes(stock, (mean) => mean);

export const sumKernel = (stock: Kernel) => overOuterAxes(stock, (mean, count) => tf.mul(mean, count));
