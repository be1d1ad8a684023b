import * as tf from '@tensorflow/tfjs-core';

/** A device that cannot hold one of a network's tensors at once, though another may; the message is a sentence. */
export class BuffersTooSmallError extends Error {
  override name = 'BuffersTooSmallError';
}

/** What a device of WebGPU says of itself. */
type Limits = Pick<GPUSupportedLimits, 'maxBufferSize' | 'maxStorageBufferBindingSize'>;

/** Bytes that a device of WebGPU holds at once and lets a kernel read. Browsers need offer no more than 128 MiB. */
export const largestBuffer = ({ maxBufferSize, maxStorageBufferBindingSize }: Limits): number =>
  Math.min(maxBufferSize, maxStorageBufferBindingSize);

/** The same of the running backend; without end where it has no such limit. */
export function largestBufferHere(): number {
  const { device } = tf.backend() as { device?: GPUDevice };
  return device ? largestBuffer(device.limits) : Number.POSITIVE_INFINITY;
}

/** What is to be held, known before anything is computed. */
export interface BufferNeeds {
  title: string;
  /** Bytes of the largest weight, activation or gradient. */
  largest(): number;
}

/**
 * @param largest bytes that the device holds at once
 * @param on the device in words
 * @throws BuffersTooSmallError where something takes more
 */
export function assertBuffersHold({ title, largest: needs }: BufferNeeds, largest: number, on: string): void {
  if (largest === Number.POSITIVE_INFINITY) return;
  const needed = needs();
  if (needed <= largest) return;
  throw new BuffersTooSmallError(
    `${on} holds at most ${megabytes(largest)} MB at once, and ${title} has a layer of ${megabytes(needed)} MB.`,
  );
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);
