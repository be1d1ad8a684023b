import type * as tf from '@tensorflow/tfjs-core';
import type { TensorMemory } from '../memory/tensor-memory';
import { type HelpingThreads, type Machine, startMachine } from './machine';

const machines = new WeakMap<object, Machine>();

/**
 * Puts the kernels to work in a memory of tensors, in the place of those that work there.
 * @param module the compiled kernels for its kind of memory
 * @param helpers left out where there are none
 */
export async function startKernels(
  backend: TensorMemory,
  module: WebAssembly.Module,
  threads: number,
  helpers?: HelpingThreads,
): Promise<void> {
  // For those that worked there.
  backend.settle();
  machines.set(backend, await startMachine(backend, module, threads, helpers));
}

/** The kernels at work in a backend, from `tf.backend()` or as a kernel is given it. */
export function machineOf(backend: unknown): Machine {
  const machine = machines.get(backend as tf.KernelBackend);
  if (!machine) throw new Error('No kernels of our own work in this backend.');
  return machine;
}
