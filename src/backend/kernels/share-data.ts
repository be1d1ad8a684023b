import * as tf from '@tensorflow/tfjs-core';
import type { TensorMemory } from '../memory/tensor-memory';
import type { Kernel } from './replace-kernel';

/**
 * Copies that need none: no kernel changes numbers in place, so a clone, a cast to the type that a tensor has, and the same numbers in
 * another shape share their data.
 */
function shared(backend: unknown, { dataId, dtype }: tf.Tensor, shape: number[]): tf.TensorInfo {
  (backend as TensorMemory).incRef(dataId);
  return { dataId, shape, dtype };
}

export const identityKernel: Kernel = ({ inputs: { x }, backend }) => shared(backend, x, x.shape);

export const reshapeKernel: Kernel = ({ inputs: { x }, attrs, backend }) => {
  const { shape } = attrs as tf.ReshapeAttrs;
  const size = tf.util.sizeFromShape(x.shape);
  const whole = tf.util.inferFromImplicitShape(shape, size);
  tf.util.assert(
    size === tf.util.sizeFromShape(whole),
    () => `A tensor of shape ${x.shape} cannot be reshaped to ${shape}.`,
  );
  return shared(backend, x, whole);
};

export const expandDimsKernel: Kernel = ({ inputs: { input }, attrs, backend }) => {
  const { dim } = attrs as tf.ExpandDimsAttrs;
  const at = dim < 0 ? input.shape.length + dim + 1 : dim;
  return shared(backend, input, [...input.shape.slice(0, at), 1, ...input.shape.slice(at)]);
};

/** Truth values are 0 and 1; what is cast to whole numbers loses what stands behind the point. */
export const castKernel: Kernel = ({ inputs: { x }, attrs, backend }) => {
  const { dtype } = attrs as tf.CastAttrs;
  if (x.dtype === dtype) return shared(backend, x, x.shape);
  const memory = backend as TensorMemory;
  const result = memory.make(x.shape, dtype);
  const [from, to] = [memory.valuesOf(x), memory.valuesOf(result)];
  if (dtype === 'bool') for (let i = 0; i < to.length; i++) to[i] = from[i] === 0 ? 0 : 1;
  else to.set(from);
  return result;
};
