import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { ThreadOrder } from './kernel-thread';
import { type Machine, startMachine } from './machine';

let machine: Machine | null = null;
let inUse = true;

/**
 * Puts the kernels to work in the running WebAssembly backend.
 * @param module the compiled kernels for its kind of memory
 * @param startThread starts one more thread, resolves when it is ready; left out where there are none
 */
export async function startFastConvolution(
  module: WebAssembly.Module,
  threads: number,
  startThread?: (order: ThreadOrder) => Promise<void>,
): Promise<void> {
  machine = await startMachine(tf.backend() as BackendWasm, module, threads, startThread);
}

/** Leaves all work to TensorFlow.js' kernels, or takes it back: to compare the two. */
export function switchFastConvolution(use: boolean): void {
  inUse = use;
}

/** The kernels at work in a backend, if there are any. */
export const machineOf = (backend: unknown): Machine | null =>
  inUse && machine?.backend === backend ? machine : null;
