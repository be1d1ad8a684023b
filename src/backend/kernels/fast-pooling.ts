import * as tf from '@tensorflow/tfjs-core';
import { JobKind } from '../fast-convolution/kernel-exports';
import { machineOf } from '../fast-convolution/running';
import { type Kernel, makeFloats } from './replace-kernel';

/** Pooling on our own threads; see `fast-convolution/assembly/pool.ts`. */

/** Channels of a task where the output has many rows, and where it has few. */
const CHUNK = { manyRows: 256, fewRows: 32 };

const poolKernel =
  (average: boolean): Kernel =>
  ({ inputs: { x }, attrs, backend }) => {
    const machine = machineOf(backend);
    const { filterSize, strides, pad, dimRoundingMode } = attrs as tf.MaxPoolAttrs;
    const shape = x.shape as [number, number, number, number];
    const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const [batch, height, width, channels] = shape;
    const output = makeFloats(backend, info.outShape);
    if (tf.util.sizeFromShape(info.outShape) === 0) return output;
    const rows = batch * info.outHeight;
    const chunk = rows < 4 * machine.threads ? CHUNK.fewRows : CHUNK.manyRows;
    machine.perform(
      JobKind.pool,
      [
        ...[batch, height, width, channels, info.outHeight, info.outWidth],
        ...[info.effectiveFilterHeight, info.effectiveFilterWidth, info.strideHeight, info.strideWidth],
        ...[info.padInfo.top, info.padInfo.left, average ? 1 : 0],
        ...[machine.addressOf(x), machine.addressOf(output), chunk],
      ],
      rows * Math.ceil(channels / chunk),
    );
    return output;
  };

export const maxPoolKernel = poolKernel(false);
export const averagePoolKernel = poolKernel(true);
