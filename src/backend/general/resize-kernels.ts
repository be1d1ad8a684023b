import * as tf from '@tensorflow/tfjs-core';
import { JobKind } from '../fast-convolution/kernel-exports';
import { machineOf } from '../fast-convolution/running';
import type { Kernel } from '../kernels/replace-kernel';
import { castKernel } from '../kernels/share-data';
import type { TensorMemory } from '../memory/tensor-memory';

/** How a resize reads its input; the two flags are those of TensorFlow. */
interface ResizeAttributes {
  alignCorners: boolean;
  halfPixelCenters: boolean;
  size: [number, number];
}

/** For a place of the output: the places before and after, and how far it lies from the one before. */
type Reading = [before: number, after: number, share: number];

type Read = (source: number, last: number) => Reading;

const between: Read = (source, last) => {
  const before = Math.floor(source);
  return [Math.max(0, before), Math.min(last, Math.ceil(source)), source - before];
};

/** What every place of an output axis reads of the input's. */
function readingsOf(size: number, out: number, attributes: ResizeAttributes, isNearest: boolean): Reading[] {
  const { alignCorners, halfPixelCenters } = attributes;
  const corners = alignCorners && out > 1 ? 1 : 0;
  const ratio = (size - corners) / (out - corners);
  return Array.from({ length: out }, (_, place) => {
    if (!isNearest) return between(halfPixelCenters ? ratio * (place + 0.5) - 0.5 : ratio * place, size - 1);
    const source = ratio * (halfPixelCenters ? place + 0.5 : place);
    const nearest = Math.max(0, Math.min(size - 1, alignCorners ? Math.round(source) : Math.floor(source)));
    return [nearest, nearest, 0];
  });
}

const resizeKernel =
  (isNearest: boolean): Kernel =>
  ({ inputs: { images }, attrs, backend }) => {
    const memory = backend as TensorMemory;
    const machine = machineOf(backend);
    const attributes = attrs as ResizeAttributes;
    const [outHeight, outWidth] = attributes.size;
    const [batch, height, width, channels] = images.shape;
    const shape = [batch, outHeight, outWidth, channels];
    const output = memory.make(shape, 'float32');
    if (tf.util.sizeFromShape(shape) === 0) return output;
    const input = castKernel({ inputs: { x: images }, attrs: { dtype: 'float32' }, backend });
    const readings = [
      ...readingsOf(height, outHeight, attributes, isNearest),
      ...readingsOf(width, outWidth, attributes, isNearest),
    ];
    const block =
      machine.threads > 1 ? Math.ceil((batch * outHeight) / (4 * machine.threads)) : batch * outHeight;
    machine.lend(readings.length * 12, (table) => {
      const places = machine.integers(table, readings.length * 3);
      const shares = machine.floats(table, readings.length * 3);
      readings.forEach(([before, after, share], i) => {
        places.set([before, after], 3 * i);
        shares[3 * i + 2] = share;
      });
      machine.perform(
        JobKind.resize,
        [
          ...[batch, height, width, channels, outHeight, outWidth],
          ...[machine.addressOf(input), machine.addressOf(output), table, table + outHeight * 12],
          ...[isNearest ? 1 : 0, block],
        ],
        Math.ceil((batch * outHeight) / block),
      );
    });
    memory.disposeData(input.dataId);
    return output;
  };

export const resizeBilinearKernel = resizeKernel(false);
export const resizeNearestKernel = resizeKernel(true);
