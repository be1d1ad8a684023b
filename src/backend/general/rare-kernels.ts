import * as tf from '@tensorflow/tfjs-core';
import { inTurn, type Kernel, type KernelOfMany, runKernel } from '../kernels/replace-kernel';
import type { TensorMemory } from '../memory/tensor-memory';
import { stepsOf } from './walks';

/** Kernels that are rarely called and move little, number by number. */

/** Sums of what stands before along an axis, with the number itself or without. */
export const cumulatedSumKernel: Kernel = ({ inputs: { x }, attrs, backend }) => {
  const { axis, exclusive, reverse } = attrs as tf.CumsumAttrs;
  const memory = backend as TensorMemory;
  const [along] = tf.util.parseAxisParam(axis, x.shape);
  const [count, step] = [x.shape[along], stepsOf(x.shape)[along]];
  const output = memory.make(x.shape, x.dtype);
  const [from, to] = [x, output].map((tensor) => memory.valuesOf(tensor));
  for (let start = 0; start < from.length; start++) {
    if (Math.floor(start / step) % count > 0) continue;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const at = start + (reverse ? count - 1 - i : i) * step;
      const value = from[at];
      to[at] = exclusive ? sum : sum + value;
      sum += value;
    }
  }
  return output;
};

/** A frame in which the map is mirrored, at its border or beside it. */
export const mirrorPadKernel: Kernel = ({ inputs: { x }, attrs, backend }) => {
  const { paddings, mode } = attrs as tf.MirrorPadAttrs;
  const memory = backend as TensorMemory;
  const border = mode === 'reflect' ? 0 : 1;
  const shape = x.shape.map((size, axis) => size + paddings[axis][0] + paddings[axis][1]);
  const output = memory.make(shape, x.dtype);
  const steps = stepsOf(x.shape);
  const sources = shape.map((size, axis) =>
    Array.from({ length: size }, (_, i) => {
      const place = i - paddings[axis][0];
      const last = x.shape[axis] - 1;
      const inside = place < 0 ? -place - border : place > last ? 2 * last - place + border : place;
      return inside * steps[axis];
    }),
  );
  const [from, to] = [x, output].map((tensor) => memory.valuesOf(tensor));
  let at = 0;
  const fill = (axis: number, source: number): void => {
    if (axis === shape.length) to[at++] = from[source];
    else for (const step of sources[axis]) fill(axis + 1, source + step);
  };
  fill(0, 0);
  return output;
};

/** The largest numbers of the last axis, from the largest on, and their places; of equal ones the first stands first. */
export const topKKernel: KernelOfMany = ({ inputs: { x }, attrs, backend }) => {
  const { k } = attrs as tf.TopKAttrs;
  const memory = backend as TensorMemory;
  const length = x.shape[x.shape.length - 1];
  const shape = [...x.shape.slice(0, -1), k];
  const [values, places] = [memory.make(shape, x.dtype), memory.make(shape, 'int32')];
  const [from, toValues, toPlaces] = [x, values, places].map((tensor) => memory.valuesOf(tensor));
  for (let row = 0; row * length < from.length; row++) {
    const own = from.subarray(row * length, (row + 1) * length);
    const order = Array.from(own, (_, i) => i).sort((a, b) => own[b] - own[a] || a - b);
    for (let i = 0; i < k; i++) {
      toPlaces[row * k + i] = order[i];
      toValues[row * k + i] = own[order[i]];
    }
  }
  return [values, places];
};

/** Runs kernels one after the other, each on what the one before gave. */
const runInTurn = (backend: unknown, x: tf.TensorInfo, kernels: readonly [string, object][]) =>
  inTurn(
    backend,
    x,
    kernels.map(
      ([name, attributes]) =>
        (given) =>
          runKernel(name, { x: given }, attributes, backend),
    ),
  );

export const spaceToBatchKernel: Kernel = ({ inputs: { x }, attrs, backend }) => {
  const { blockShape, paddings } = attrs as tf.SpaceToBatchNDAttrs;
  const product = tf.util.sizeFromShape([...blockShape]);
  const around = x.shape.map((_, axis) => paddings[axis - 1] ?? [0, 0]);
  const padded = x.shape.map((size, axis) => size + around[axis][0] + around[axis][1]);
  return runInTurn(backend, x, [
    [tf.PadV2, { paddings: around, constantValue: 0 }],
    [tf.Reshape, { shape: tf.backend_util.getReshaped(padded, blockShape, product, false) }],
    [
      tf.Transpose,
      { perm: tf.backend_util.getPermuted(padded.length + blockShape.length, blockShape.length, false) },
    ],
    [tf.Reshape, { shape: tf.backend_util.getReshapedPermuted(padded, blockShape, product, false) }],
  ]);
};

export const batchToSpaceKernel: Kernel = ({ inputs: { x }, attrs, backend }) => {
  const { blockShape, crops } = attrs as tf.BatchToSpaceNDAttrs;
  const product = tf.util.sizeFromShape([...blockShape]);
  const reshaped = tf.backend_util.getReshaped(x.shape, blockShape, product);
  const joined = tf.backend_util.getReshapedPermuted(x.shape, blockShape, product);
  return runInTurn(backend, x, [
    [tf.Reshape, { shape: reshaped }],
    [tf.Transpose, { perm: tf.backend_util.getPermuted(reshaped.length, blockShape.length) }],
    [tf.Reshape, { shape: joined }],
    [
      tf.Slice,
      {
        begin: tf.backend_util.getSliceBeginCoords(crops, blockShape.length),
        size: tf.backend_util.getSliceSize(joined, crops, blockShape.length),
      },
    ],
  ]);
};
