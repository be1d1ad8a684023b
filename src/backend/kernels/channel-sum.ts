import * as tf from '@tensorflow/tfjs-core';
import { FLOAT } from '../fast-convolution/geometry';
import { JobKind } from '../fast-convolution/kernel-exports';
import { machineOf } from '../fast-convolution/running';
import { floatsOf, type Kernel, makeFloats, runOwn } from './replace-kernel';

/** Our name of the kernel. */
export const CHANNEL_SUM = 'ChannelSum';

/**
 * relu(sum_k w_k A_k), w_k the mean of the gradient over the map, in one kernel; see `fast-convolution/assembly/channel-sum.ts`.
 * @param map A, [1, h, w, c]
 * @param gradient of the same shape
 * @returns [h, w]; null on other backends
 */
export function channelSum(map: tf.Tensor4D, gradient: tf.Tensor4D): tf.Tensor2D | null {
  if (tf.getBackend() !== 'wasm') return null;
  return runOwn(CHANNEL_SUM, { map, gradient }, {});
}

/** Numbers of a task at least: less is done before another thread wakes up. */
const SMALLEST_TASK = 2 ** 14;

/** Parts of the gradient's sums at most, on any number of threads, for they decide the last digits. */
const MOST_PARTS = 16;

/** Inputs map and gradient. */
export const channelSumKernel: Kernel = ({ inputs: { map, gradient }, backend }) => {
  const [, height, width, channels] = map.shape;
  const places = height * width;
  const output = makeFloats(backend, [height, width]);
  if (places * channels === 0) {
    floatsOf(backend, output).fill(0);
    return output;
  }
  const machine = machineOf(backend);
  const wanted = Math.min(MOST_PARTS, places, Math.ceil((places * channels) / SMALLEST_TASK));
  const block = Math.ceil(places / wanted);
  const parts = Math.ceil(places / block);
  const lanes = Math.ceil(channels / 4) * 4;
  machine.lend(parts * lanes * FLOAT, (sums) => {
    const addresses = [machine.addressOf(map), machine.addressOf(gradient), sums, machine.addressOf(output)];
    const record = [places, channels, block, parts, ...addresses];
    machine.perform(JobKind.gradientSums, record, parts);
    machine.perform(JobKind.channelSum, record, parts);
  });
  return output;
};
