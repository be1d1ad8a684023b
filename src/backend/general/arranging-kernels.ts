import * as tf from '@tensorflow/tfjs-core';
import type { Kernel, KernelOfMany } from '../kernels/replace-kernel';
import type { TensorMemory } from '../memory/tensor-memory';
import { stridedCopy } from './strided-copy';
import { type Axis, stepsOf } from './walks';

/** Kernels that only bring numbers to other places: each is a copy along axes, or some of them side by side. */

const axesOf = (sizes: readonly number[], a: readonly number[], b: readonly number[]): Axis[] =>
  sizes.map((size, axis) => ({ size, a: a[axis], b: b[axis] }));

const dot = (steps: readonly number[], places: readonly number[]) =>
  steps.reduce((sum, step, axis) => sum + step * places[axis], 0);

const at = (tensor: tf.TensorInfo, offset = 0) => ({ tensor, offset });

export const transposeKernel: Kernel = ({ inputs: { x }, attrs, backend }) => {
  const { perm } = attrs as tf.TransposeAttrs;
  const memory = backend as TensorMemory;
  const shape = perm.map((axis) => x.shape[axis]);
  const output = memory.make(shape, x.dtype);
  const steps = stepsOf(x.shape);
  stridedCopy(
    memory,
    at(x),
    at(output),
    axesOf(
      shape,
      perm.map((axis) => steps[axis]),
      stepsOf(shape),
    ),
  );
  return output;
};

/** The numbers of `x` from `begin` on, every `strides`-th, as a tensor of `shape`. */
function cut(
  memory: TensorMemory,
  x: tf.TensorInfo,
  begin: readonly number[],
  shape: number[],
  strides: readonly number[],
): tf.TensorInfo {
  const output = memory.make(shape, x.dtype);
  const steps = stepsOf(x.shape);
  const along = steps.map((step, axis) => step * strides[axis]);
  stridedCopy(memory, at(x, dot(steps, begin)), at(output), axesOf(shape, along, stepsOf(shape)));
  return output;
}

const ones = ({ shape }: tf.TensorInfo) => shape.map(() => 1);

export const sliceKernel: Kernel = ({ inputs: { x }, attrs, backend }) => {
  const { begin, size } = attrs as tf.SliceAttrs;
  const [from, shape] = tf.slice_util.parseSliceParams(x, begin, size);
  tf.slice_util.assertParamsValid(x, from, shape);
  return cut(backend as TensorMemory, x, from, shape, ones(x));
};

export const stridedSliceKernel: Kernel = ({ inputs: { x }, attrs, backend }) => {
  const { begin, end, strides, ...masks } = attrs as tf.StridedSliceAttrs;
  const info = tf.slice_util.sliceInfo(
    x.shape,
    begin,
    end,
    strides,
    masks.beginMask,
    masks.endMask,
    masks.ellipsisMask,
    masks.newAxisMask,
    masks.shrinkAxisMask,
  );
  const memory = backend as TensorMemory;
  // Axes that come or go have one place.
  const shape = info.isIdentity
    ? [...x.shape]
    : tf.slice_util.computeOutShape(info.begin, info.end, info.strides);
  const from = info.isIdentity ? x.shape.map(() => 0) : info.begin;
  const result = cut(memory, x, from, shape, info.isIdentity ? ones(x) : info.strides);
  return { ...result, shape: info.finalShape };
};

export const splitKernel: KernelOfMany = ({ inputs: { x }, attrs, backend }) => {
  const { numOrSizeSplits, axis } = attrs as tf.SplitVAttrs;
  const along = tf.util.parseAxisParam(axis, x.shape)[0];
  const sizes = tf.backend_util.prepareSplitSize(x as tf.Tensor, numOrSizeSplits, along);
  const begin = x.shape.map(() => 0);
  return sizes.map((size) => {
    const shape = x.shape.map((length, i) => (i === along ? size : length));
    const part = cut(backend as TensorMemory, x, begin, shape, ones(x));
    begin[along] += size;
    return part;
  });
};

export const unpackKernel: KernelOfMany = ({ inputs: { value }, attrs, backend }) => {
  const [axis] = tf.util.parseAxisParam((attrs as tf.UnpackAttrs).axis, value.shape);
  const shape = value.shape.map((size, i) => (i === axis ? 1 : size));
  const without = shape.filter((_, i) => i !== axis);
  return Array.from({ length: value.shape[axis] }, (_, place) => {
    const begin = shape.map((_, i) => (i === axis ? place : 0));
    return { ...cut(backend as TensorMemory, value, begin, shape, ones(value)), shape: without };
  });
};

export const reverseKernel: Kernel = ({ inputs: { x }, attrs, backend }) => {
  const turned = tf.util.parseAxisParam((attrs as tf.ReverseAttrs).dims, x.shape);
  const begin = x.shape.map((size, axis) => (turned.includes(axis) ? size - 1 : 0));
  const strides = x.shape.map((_, axis) => (turned.includes(axis) ? -1 : 1));
  return cut(backend as TensorMemory, x, begin, [...x.shape], strides);
};

/** Copies a tensor into a part of a larger one. */
function put(memory: TensorMemory, x: tf.TensorInfo, into: tf.TensorInfo, begin: readonly number[]): void {
  const steps = stepsOf(into.shape);
  stridedCopy(memory, at(x), at(into, dot(steps, begin)), axesOf(x.shape, stepsOf(x.shape), steps));
}

export const padKernel: Kernel = ({ inputs: { x }, attrs, backend }) => {
  const { paddings, constantValue } = attrs as tf.PadV2Attrs;
  const memory = backend as TensorMemory;
  const shape = x.shape.map((size, axis) => size + paddings[axis][0] + paddings[axis][1]);
  const output = memory.make(shape, x.dtype);
  if (paddings.some(([before, after]) => before + after > 0)) memory.valuesOf(output).fill(constantValue);
  put(
    memory,
    x,
    output,
    paddings.map(([before]) => before),
  );
  return output;
};

/** Tensors one behind the other along an axis; those that are empty do not count. */
export function concatenate(
  memory: TensorMemory,
  parts: readonly tf.TensorInfo[],
  axis: number,
): tf.TensorInfo {
  const shape = tf.backend_util.computeOutShape(
    parts.map((part) => part.shape),
    axis,
  );
  const output = memory.make(shape, parts[0].dtype);
  const begin = shape.map(() => 0);
  for (const part of parts) {
    put(memory, part, output, begin);
    begin[axis] += part.shape[axis];
  }
  return output;
}

export const concatKernel: Kernel = ({ inputs, attrs, backend }) => {
  const parts = inputs as unknown as tf.Tensor[];
  const [axis] = tf.util.parseAxisParam((attrs as tf.ConcatAttrs).axis, parts[0].shape);
  const shapes = parts.map(({ shape }) => shape);
  tf.backend_util.assertParamsConsistent(shapes, axis);
  const filled = parts.filter(({ shape }) => tf.util.sizeFromShape(shape) > 0);
  return concatenate(backend as TensorMemory, filled.length > 0 ? filled : [parts[0]], axis);
};

export const packKernel: Kernel = ({ inputs, attrs, backend }) => {
  const { axis } = attrs as tf.PackAttrs;
  const parts = inputs as unknown as tf.Tensor[];
  const place = axis < 0 ? axis + parts[0].shape.length + 1 : axis;
  const standing = parts.map((part) => ({
    ...{ dataId: part.dataId, dtype: part.dtype },
    shape: [...part.shape.slice(0, place), 1, ...part.shape.slice(place)],
  }));
  return concatenate(backend as TensorMemory, standing, place);
};

export const tileKernel: Kernel = ({ inputs: { x }, attrs, backend }) => {
  const { reps } = attrs as tf.TileAttrs;
  const memory = backend as TensorMemory;
  const shape = x.shape.map((size, axis) => size * reps[axis]);
  const output = memory.make(shape, x.dtype);
  const [from, to] = [stepsOf(x.shape), stepsOf(shape)];
  stridedCopy(
    memory,
    at(x),
    at(output),
    x.shape.flatMap((size, axis) => [
      { size: reps[axis], a: 0, b: to[axis] * size },
      { size, a: from[axis], b: to[axis] },
    ]),
  );
  return output;
};

/** Slices of `x` along an axis, by their numbers. */
export const gatherKernel: Kernel = ({ inputs: { x, indices }, attrs, backend }) => {
  const { axis, batchDims } = attrs as tf.GatherV2Attrs;
  const memory = backend as TensorMemory;
  const along = tf.util.parseAxisParam(axis, x.shape)[0];
  const info = tf.backend_util.segment_util.collectGatherOpShapeInfo(
    x as tf.Tensor,
    indices as tf.Tensor,
    along,
    batchDims,
  );
  const output = memory.make(info.outputShape, x.dtype);
  const { batchSize, outerSize, sliceSize, dimSize } = info;
  const count = tf.util.sizeFromShape(indices.shape) / batchSize;
  if (tf.util.sizeFromShape(info.outputShape) === 0) return output;
  const [from, places, to] = [x, indices, output].map((tensor) => memory.valuesOf(tensor));
  let target = 0;
  for (let batch = 0; batch < batchSize; batch++) {
    for (let outer = 0; outer < outerSize; outer++) {
      const slices = (batch * outerSize + outer) * dimSize;
      for (let i = 0; i < count; i++) {
        const place = places[batch * count + i];
        tf.util.assert(place >= 0 && place < dimSize, () => `There is no slice ${place} of ${dimSize}.`);
        const source = (slices + place) * sliceSize;
        if (sliceSize < SHORT) for (let k = 0; k < sliceSize; k++) to[target + k] = from[source + k];
        else to.set(from.subarray(source, source + sliceSize), target);
        target += sliceSize;
      }
    }
  }
  return output;
};

/** Below this many numbers, copying them one by one is faster than a call. */
const SHORT = 16;
