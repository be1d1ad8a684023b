import {
  type BackendWasm,
  getThreadsCount,
  setThreadsCount,
  setWasmPaths,
} from '@tensorflow/tfjs-backend-wasm';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import * as threadedFactory from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';
import threadedSource from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js?raw';
import * as tf from '@tensorflow/tfjs-core';
import { MissingCodeError } from '../../code/missing-code';
import { loadKernels } from './fast-convolution/load';
import { memoryOf } from './fast-convolution/machine';
import { startFastConvolution } from './fast-convolution/running';
import type { ThreadOrder } from './fast-convolution/thread';

/**
 * Starts the WebAssembly backend on all cores.
 * @returns the number of threads it computes with
 */
export async function startWasm(): Promise<number> {
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plainUrl,
    'tfjs-backend-wasm-simd.wasm': simdUrl,
    'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
  });
  keepThreadSource();
  const cores = navigator.hardwareConcurrency || 1;
  // The compiled module sizes its thread pool to half of what the browser reports: one thread of two cores.
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: cores * 2, configurable: true });
  setThreadsCount(cores);
  try {
    if (!(await tf.setBackend('wasm'))) {
      if (!(await areServed([plainUrl, simdUrl, threadedUrl]))) throw new MissingCodeError();
      throw new Error('its module could not be loaded');
    }
    await tf.ready();
  } finally {
    Object.defineProperty(navigator, 'hardwareConcurrency', { value: cores, configurable: true });
  }
  const threads = (await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')) ? getThreadsCount() : 1;
  await startOwnKernels(threads);
  return threads;
}

/** Whether the files of the backend are still there: a newer build may have taken their place. */
async function areServed(addresses: string[]): Promise<boolean> {
  const answers = addresses.map((address) => fetch(address, { method: 'HEAD' }).catch(() => null));
  return (await Promise.all(answers)).every((answer) => answer?.ok);
}

/** Convolutions of our own, on as many threads. Where they do not start, TensorFlow.js' do their work. */
async function startOwnKernels(threads: number): Promise<void> {
  try {
    const isShared = !(memoryOf(tf.backend() as BackendWasm).buffer instanceof ArrayBuffer);
    const module = await loadKernels(isShared);
    if (module) await startFastConvolution(module, isShared ? threads : 1, startThread);
  } catch (error) {
    console.warn('Convolutions run on the kernels of TensorFlow.js:', error);
  }
}

/** Browsers load a worker only while the one that starts it waits for something, so this waits for the worker. */
function startThread(order: ThreadOrder): Promise<void> {
  const worker = new Worker(new URL('./fast-convolution/thread.ts', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = ({ message }) => reject(new Error(`a thread did not start: ${message}`));
    worker.postMessage(order);
  });
}

/**
 * The backend starts its threads from `factory.toString()`. A bundler renames the outer variable which that
 * text refers to ("_scriptDir"), and every thread dies. So the text handed over is the original one.
 */
function keepThreadSource(): void {
  const factory = (threadedFactory as { default?: unknown }).default ?? threadedFactory;
  const expression = threadedSource.match(/\(\(\) => \{[\s\S]*?\n\}\)\(\);/)?.[0];
  if (typeof factory !== 'function' || !expression) {
    throw new Error('the threaded module does not have the form this page expects');
  }
  factory.toString = () => expression;
}
