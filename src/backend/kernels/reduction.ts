import * as tf from '@tensorflow/tfjs-core';
import { machineOf } from '../fast-convolution/running';
import { sumsOfColumns } from './normalisation-kernels';
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
 * Where no axis stands before them, kernels of our own do it, each thread a part.
 * @param ofMeans makes means, else sums
 */
function overOuterAxes(stock: Kernel, ofMeans: boolean): Kernel {
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
    const machine = machineOf(parameters.backend);
    if (machine && outer === 1) {
      return sumsOfColumns(machine, x, shape, ofMeans ? 1 / count : 1);
    }
    return tf.tidy(() => {
      const means = meansOf(tf.reshape(x, [outer, count, inner]), windowsOf(x.shape.slice(first, after)));
      return tf.reshape(ofMeans ? means : tf.mul(means, count), shape);
    });
  };
}

/**
 * Axes, the last one first, put together to windows as large as float32 can add up without losing digits: the
 * maps of a batch [32, 112, 112] become windows of 12,544 and of 32.
 */
function windowsOf(sizes: readonly number[]): number[] {
  const windows = [1];
  for (const size of [...sizes].reverse()) {
    const last = windows.length - 1;
    if (windows[last] * size <= 16384) windows[last] *= size;
    else windows.push(size);
  }
  return windows;
}

/** Means over the middle axis, window by window: [o, k, c] to [o, 1, c]. */
function meansOf(x: tf.Tensor3D, windows: readonly number[]): tf.Tensor3D {
  const [outer, count, inner] = x.shape;
  let [means, left]: [tf.Tensor, number] = [x, count];
  for (const window of windows) {
    left /= window;
    const pictures = tf.reshape(means, [outer * left, window, 1, inner]) as tf.Tensor4D;
    means = window === 1 ? pictures : tf.avgPool(pictures, [window, 1], 1, 'valid');
  }
  return tf.reshape(means, [outer, 1, inner]);
}

export const meanKernel = (stock: Kernel) => overOuterAxes(stock, true);

export const sumKernel = (stock: Kernel) => overOuterAxes(stock, false);
