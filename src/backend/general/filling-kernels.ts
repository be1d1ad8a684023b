import * as tf from '@tensorflow/tfjs-core';
import { JobKind } from '../fast-convolution/kernel-exports';
import { machineOf } from '../fast-convolution/running';
import type { Kernel } from '../kernels/replace-kernel';
import { performUpdate } from '../kernels/update-kernels';
import type { TensorMemory } from '../memory/tensor-memory';

/** Kernels that make tensors from numbers, and choose between two. */

function filled(
  backend: unknown,
  shape: readonly number[],
  dtype: tf.DataType,
  value: number,
): tf.TensorInfo {
  const memory = backend as TensorMemory;
  const output = memory.make(shape, dtype);
  memory.valuesOf(output).fill(value);
  return output;
}

export const fillKernel: Kernel = ({ attrs, backend }) => {
  const { shape, value, dtype } = attrs as tf.FillAttrs;
  return filled(backend, shape, dtype ?? tf.util.inferDtype(value), Number(value));
};

export const zerosLikeKernel: Kernel = ({ inputs: { x }, backend }) => filled(backend, x.shape, x.dtype, 0);

export const onesLikeKernel: Kernel = ({ inputs: { x }, backend }) => filled(backend, x.shape, x.dtype, 1);

export const rangeKernel: Kernel = ({ attrs, backend }) => {
  const { start, stop, step, dtype } = attrs as tf.RangeAttrs;
  // None where the step leads away from the end.
  const count = Math.max(0, Math.ceil((stop - start) / step));
  const output = (backend as TensorMemory).make([count], dtype);
  const values = (backend as TensorMemory).valuesOf(output);
  for (let i = 0; i < count; i++) values[i] = start + i * step;
  return output;
};

/** `t` where the condition holds, else `e`; a condition of one axis chooses whole slices. */
export const selectKernel: Kernel = ({ inputs: { condition, t, e }, backend }) => {
  const memory = backend as TensorMemory;
  const output = memory.make(t.shape, t.dtype);
  const size = tf.util.sizeFromShape(t.shape);
  const choices = tf.util.sizeFromShape(condition.shape);
  if (size === 0) return output;
  if (choices === size && t.dtype === 'float32') {
    const read = { value: t, gradient: e, first: condition };
    performUpdate(machineOf(backend), JobKind.select, read, { value: output });
    return output;
  }
  const length = size / choices;
  const [which, yes, no, to] = [condition, t, e, output].map((tensor) => memory.valuesOf(tensor));
  for (let i = 0; i < size; i++) to[i] = (which[Math.floor(i / length)] ? yes : no)[i];
  return output;
};

export const oneHotKernel: Kernel = ({ inputs: { indices }, attrs, backend }) => {
  const { depth, onValue, offValue, dtype } = attrs as tf.OneHotAttrs;
  const memory = backend as TensorMemory;
  const output = filled(memory, [...indices.shape, depth], dtype, offValue);
  const [places, to] = [indices, output].map((tensor) => memory.valuesOf(tensor));
  places.forEach((place, i) => {
    if (place >= 0 && place < depth) to[i * depth + place] = onValue;
  });
  return output;
};
