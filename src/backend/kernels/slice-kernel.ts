import * as tf from '@tensorflow/tfjs-core';
import {
  floatsOf,
  type Kernel,
  type KernelOfMany,
  type KernelParameters,
  makeFloats,
} from './replace-kernel';

/** Below this many numbers in a row, copying them one by one is faster than a call. */
const SHORT = 16;

/**
 * Slices, copied run by run within WebAssembly's memory. The stock kernel copies the whole input first, which took a training step
 * that cuts its weights out of one vector 12 ms instead of under one, and from five axes on looks up the coordinates of every
 * number: cutting queries, keys and values apart took three quarters of an analysis of a transformer.
 */
export const sliceKernel =
  (stock: Kernel): Kernel =>
  (parameters) => {
    const { x } = parameters.inputs;
    const { begin, size } = parameters.attrs as tf.SliceAttrs;
    const [from, shape] = tf.slice_util.parseSliceParams(x, begin, size);
    tf.slice_util.assertParamsValid(x, from, shape);
    if (x.dtype !== 'float32' || tf.util.sizeFromShape(shape) === 0) return stock(parameters);
    return sliceOf(parameters, from, shape);
  };

/** In the place of `SplitV`: slices side by side. */
export const splitKernel =
  (stock: KernelOfMany): KernelOfMany =>
  (parameters) => {
    const { x } = parameters.inputs;
    const { numOrSizeSplits, axis } = parameters.attrs as tf.SplitVAttrs;
    if (x.dtype !== 'float32' || x.size === 0) return stock(parameters);
    const along = tf.util.parseAxisParam(axis, x.shape)[0];
    const sizes = tf.backend_util.prepareSplitSize(x, numOrSizeSplits, along);
    const from = x.shape.map(() => 0);
    return sizes.map((size) => {
      const part = sliceOf(
        parameters,
        from,
        x.shape.map((whole, i) => (i === along ? size : whole)),
      );
      from[along] += size;
      return part;
    });
  };

function sliceOf({ inputs: { x }, backend }: KernelParameters, from: readonly number[], shape: number[]) {
  const slice = makeFloats(backend, shape);
  if (tf.util.sizeFromShape(shape) > 0) {
    copySlice(floatsOf(backend, x), floatsOf(backend, slice), x.shape, from, shape);
  }
  return slice;
}

function copySlice(
  source: Float32Array,
  target: Float32Array,
  shape: readonly number[],
  from: readonly number[],
  size: readonly number[],
): void {
  // Axes that are taken whole make one run with the axis in front of them.
  let axis = shape.length - 1;
  let run = 1;
  while (axis > 0 && size[axis] === shape[axis]) run *= shape[axis--];
  const inner = run;
  run *= size[axis] ?? 1;
  const steps = [...tf.util.computeStrides([...shape, 1])];
  let at = 0;
  const copyFrom = (depth: number, start: number): void => {
    if (depth < axis) {
      const first = start + from[depth] * steps[depth];
      for (let i = 0; i < size[depth]; i++) copyFrom(depth + 1, first + i * steps[depth]);
      return;
    }
    const first = start + (from[axis] ?? 0) * inner;
    if (run < SHORT) for (let i = 0; i < run; i++) target[at + i] = source[first + i];
    else target.set(source.subarray(first, first + run), at);
    at += run;
  };
  copyFrom(0, 0);
}
