import * as tf from '@tensorflow/tfjs-core';
import { JobKind } from '../fast-convolution/kernel-exports';
import { machineOf } from '../fast-convolution/running';
import { type Kernel, makeFloats } from './replace-kernel';

/**
 * Pooling on the threads of our convolutions. XNNPACK's threads look for new work for a millisecond after each piece of it,
 * on cores that the next convolution needs.
 */

export const maxPoolKernel = (stock: Kernel): Kernel => poolKernel(stock, false);
export const averagePoolKernel = (stock: Kernel): Kernel => poolKernel(stock, true);

/** Channels of a task where the output has many rows, and where it has few. */
const CHUNK = { manyRows: 256, fewRows: 32 };

const poolKernel =
  (stock: Kernel, average: boolean): Kernel =>
  (parameters) => {
    const { inputs, attrs, backend } = parameters;
    const machine = machineOf(backend);
    const { x } = inputs;
    const { filterSize, strides, pad, dimRoundingMode } = attrs as tf.MaxPoolAttrs;
    const shape = x.shape as [number, number, number, number];
    const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const [batch, height, width, channels] = shape;
    const isEmpty = windowOutside(info) || tf.util.sizeFromShape(info.outShape) === 0;
    if (!machine || x.dtype !== 'float32' || isEmpty) return stock(parameters);
    const output = makeFloats(backend, info.outShape);
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

/** A window that lies in the padding altogether has no value that our kernel could give. */
function windowOutside(info: tf.backend_util.Conv2DInfo): boolean {
  const { padInfo, filterHeight, filterWidth, strideHeight, strideWidth, outHeight, outWidth } = info;
  return (
    padInfo.top >= filterHeight ||
    padInfo.left >= filterWidth ||
    (outHeight - 1) * strideHeight - padInfo.top >= info.inHeight ||
    (outWidth - 1) * strideWidth - padInfo.left >= info.inWidth
  );
}
