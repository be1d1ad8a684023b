import * as tf from '@tensorflow/tfjs-core';
import type { TensorMemory } from '../memory/tensor-memory';
import { floatsOf, type Kernel, makeFloats } from './replace-kernel';

/** Sums the slices of `x` that belong to one segment, as the gradient of `gather` needs. */
export const segmentSumKernel: Kernel = ({ inputs, attrs, backend }) => {
  const { x, segmentIds } = inputs;
  const { numSegments } = attrs as tf.UnsortedSegmentSumAttrs;
  const slice = x.shape.slice(segmentIds.shape.length);
  const length = tf.util.sizeFromShape(slice);
  const sums = makeFloats(backend, [numSegments, ...slice]);
  const segments = (backend as TensorMemory).valuesOf(segmentIds);
  const [from, to] = [floatsOf(backend, x), floatsOf(backend, sums)];
  to.fill(0);
  segments.forEach((segment, i) => {
    // Ids outside the range belong to no segment.
    if (segment < 0 || segment >= numSegments) return;
    for (let k = 0; k < length; k++) to[segment * length + k] += from[i * length + k];
  });
  return sums;
};
