import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { type HelpingThreads, type Machine, startMachine } from './machine';

function createRunning() {
  let machine: Machine | null = null;
  let inUse = true;
  return {
    async start(module: WebAssembly.Module, threads: number, helpers?: HelpingThreads): Promise<void> {
      machine = await startMachine(tf.backend() as BackendWasm, module, threads, helpers);
    },
    switch(use: boolean): void {
      inUse = use;
    },
    machineOf: (backend: unknown): Machine | null => (inUse && machine?.backend === backend ? machine : null),
  };
}

const running = createRunning();

/**
 * Puts the kernels to work in the running WebAssembly backend.
 * @param module the compiled kernels for its kind of memory
 * @param helpers left out where there are none
 */
export const startFastConvolution = running.start;

/** Leaves all work to TensorFlow.js' kernels, or takes it back: to compare the two. */
export const switchFastConvolution = running.switch;

/** The kernels at work in a backend, if there are any. */
export const machineOf = running.machineOf;
