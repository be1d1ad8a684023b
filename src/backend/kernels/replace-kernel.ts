import * as tf from '@tensorflow/tfjs-core';
import type { TensorMemory } from '../memory/tensor-memory';

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

/** The numbers of a float tensor where they lie in our own backend: a view that is good until the next allocation, so taken after all outputs are made. */
export function floatsOf(backend: unknown, tensor: tf.TensorInfo): Float32Array {
  return (backend as TensorMemory).valuesOf(tensor) as Float32Array;
}

/** A new float tensor in our own backend; its numbers are not set. */
export function makeFloats(backend: unknown, shape: readonly number[]): tf.TensorInfo {
  return (backend as TensorMemory).make(shape, 'float32');
}

/** Steps one after the other on our own backend, each on what the one before gave, whose memory is given back. */
export function inTurn(
  backend: unknown,
  x: tf.TensorInfo,
  steps: readonly ((x: tf.TensorInfo) => tf.TensorInfo)[],
): tf.TensorInfo {
  const memory = backend as TensorMemory;
  memory.incRef(x.dataId);
  let result = x;
  for (const step of steps) {
    const next = step(result);
    memory.disposeData(result.dataId);
    result = next;
  }
  return result;
}

/** What a kernel of the registry gives on our own backend. */
export function runKernel(
  name: string,
  inputs: Record<string, tf.TensorInfo>,
  attrs: object,
  backend: unknown,
): tf.TensorInfo {
  const kernel = tf.getKernel(name, 'wasm').kernelFunc as unknown as Kernel;
  return kernel({ inputs: inputs as Record<string, tf.Tensor>, attrs, backend });
}

/**
 * A kernel of our own backend, without the checks, scopes and profiles that TensorFlow.js puts around one: between small kernels they take as
 * long as these do. No tape sees it.
 * @returns owned by the scope around it, or by the caller
 */
export function runOwn<Result extends tf.Tensor>(
  name: string,
  inputs: Record<string, tf.Tensor>,
  attributes: object,
): Result {
  const backend = tf.backend();
  return tf
    .engine()
    .makeTensorFromTensorInfo(runKernel(name, inputs, attributes, backend), backend) as Result;
}
