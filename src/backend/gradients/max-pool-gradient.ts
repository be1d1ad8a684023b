import * as tf from '@tensorflow/tfjs-core';
import { JobKind } from '../fast-convolution/kernel-exports';
import type { Machine } from '../fast-convolution/machine';
import { machineOf } from '../fast-convolution/running';
import { floatsOf, type Kernel, makeFloats } from '../kernels/replace-kernel';

/** Gradient of max pooling, all of which the first maximum in reading order takes, as in PyTorch and on the CPU backend. */
export const maxPoolGradientKernel: Kernel = ({ inputs, attrs, backend }) => {
  const { dy, input } = inputs;
  const { filterSize, strides, pad, dimRoundingMode } = attrs as tf.MaxPoolGradAttrs;
  const info = tf.backend_util.computePool2DInfo(
    input.shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const dx = makeFloats(backend, input.shape);
  if (input.size * dy.size > 0) performMaxPoolGradient(machineOf(backend), info, { input, dy, dx });
  else floatsOf(backend, dx).fill(0);
  return dx;
};

/** Channels of a task where there are many pictures or bands, and where there are few: whole cache lines. */
const CHUNK = { manyBands: 256, fewBands: 16 };

/** On the threads of our own kernels; see `fast-convolution/assembly/max-pool-gradient.ts`. */
function performMaxPoolGradient(
  machine: Machine,
  info: tf.backend_util.Conv2DInfo,
  { input, dy, dx }: Record<'input' | 'dy' | 'dx', tf.TensorInfo>,
): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  const wanted = machine.threads > 1 ? 4 * machine.threads : 1;
  const bandsWanted = Math.min(outHeight, Math.ceil(wanted / batchSize));
  const bandRows = Math.ceil(outHeight / bandsWanted);
  const bands = Math.ceil(outHeight / bandRows);
  const chunk = batchSize * bands < wanted ? CHUNK.fewBands : CHUNK.manyBands;
  machine.perform(
    JobKind.maxPoolGradient,
    [
      ...[batchSize, inHeight, inWidth, inChannels, outHeight, outWidth],
      ...[info.filterHeight, info.filterWidth, info.strideHeight, info.strideWidth],
      ...[padInfo.top, padInfo.left, 0],
      ...[machine.addressOf(input), machine.addressOf(dx), chunk],
      ...[machine.addressOf(dy), bandRows, bands],
    ],
    batchSize * bands * Math.ceil(inChannels / chunk),
  );
}
