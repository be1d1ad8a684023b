import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

/** What a kernel is given: tensors by name, attributes, and the backend it runs on. */
export interface KernelParameters {
  inputs: Record<string, tf.Tensor>;
  attrs: unknown;
  backend: unknown;
}

export type Kernel = (parameters: KernelParameters) => tf.TensorInfo;

/** A kernel with several outputs. */
export type KernelOfMany = (parameters: KernelParameters) => tf.TensorInfo[];

/** Puts a kernel in the place of the one a backend brings, or adds it where the backend has none. */
export function replaceKernel(backendName: string, kernelName: string, kernel: Kernel | KernelOfMany): void {
  const stock = tf.getKernel(kernelName, backendName);
  if (stock) tf.unregisterKernel(kernelName, backendName);
  // The stock kernel's setup is kept: a replacement may fall back on it.
  tf.registerKernel({ ...stock, backendName, kernelName, kernelFunc: kernel as tf.KernelFunc });
}

/** The kernel a backend brings, for replacements that handle some inputs only. */
export function stockKernel(backendName: string, kernelName: string): Kernel {
  const stock = tf.getKernel(kernelName, backendName);
  if (!stock) throw new Error(`The backend ${backendName} has no kernel ${kernelName}.`);
  return stock.kernelFunc as unknown as Kernel;
}

/**
 * The numbers of a float tensor, where they lie in the heap of the WebAssembly backend. A view is good until
 * the next allocation, which may move the heap: take views after all outputs are made.
 */
export function floatsOf(backend: unknown, tensor: tf.TensorInfo): Float32Array {
  return (backend as BackendWasm).typedArrayFromHeap(tensor) as Float32Array;
}

/** A new float tensor in the heap of the WebAssembly backend; its numbers are not set. */
export function makeFloats(backend: unknown, shape: readonly number[]): tf.TensorInfo {
  return (backend as BackendWasm).makeOutput([...shape], 'float32');
}
