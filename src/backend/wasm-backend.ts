import * as tf from '@tensorflow/tfjs-core';
import { isMissingCode } from '../code/missing-code';
import { giveUp, watchedByPage, whyLeftOut } from '../rpc/stages';
import { messageOf } from '../text/message-of';
import { fetchKernels } from './fast-convolution/load-kernels';
import { hasRelaxedVectors } from './fast-convolution/relaxed-vectors';
import { startKernels } from './fast-convolution/running';
import { createMemory, TensorMemory } from './memory/tensor-memory';
import { startThreads, type Threads, threadsFor } from './threads';

/** A way to run WebAssembly. */
interface Way {
  /** Its name in sentences, and among the ways left out. */
  name: string;
  shared: boolean;
  /** Whether products and sums may be rounded once, by instructions that not every processor has. */
  relaxed: boolean;
  threads: number;
}

export interface StartedWasm {
  threads: number;
  /** The way it runs, by which it can be left out. */
  way: string;
  /** Sentences about what was left out. */
  notes: string[];
}

/** Starts our own backend in the first way that answers: on all cores, on one, without relaxed vector instructions. */
export async function startWasm(): Promise<StartedWasm> {
  const notes: string[] = [];
  for (const way of waysHere()) {
    const why = whyLeftOut(way.name);
    if (why) {
      notes.push(why);
      continue;
    }
    try {
      const threads = await startOn(way, notes);
      return { threads, way: way.name, notes };
    } catch (error) {
      if (isMissingCode(error)) throw error;
      notes.push(`${way.name} did not start: ${messageOf(error)}.`);
    }
  }
  throw new Error(notes.join(' '));
}

function waysHere(): Way[] {
  // Threads share memory in pages that are isolated from other sites only.
  const shared = globalThis.crossOriginIsolated === true;
  const threads = threadsFor(navigator.hardwareConcurrency);
  const relaxed = hasRelaxedVectors();
  const ways: (Way | false)[] = [
    shared && { name: 'WebAssembly on shared memory', shared: true, relaxed, threads },
    { name: 'WebAssembly on one thread', shared: false, relaxed, threads: 1 },
    relaxed && { name: 'WebAssembly without relaxed arithmetic', shared: false, relaxed: false, threads: 1 },
  ];
  return ways.filter((way) => way !== false);
}

/** @returns the number of threads */
async function startOn(way: Way, notes: string[]): Promise<number> {
  const threads = startThreads(way.threads - 1);
  try {
    const bytes = await fetchKernels(way.shared, way.relaxed);
    return await watchedByPage(way.name, `${way.name} did not start.`, async () => {
      const backend = new TensorMemory(createMemory(way.shared), threads.end);
      if (tf.findBackendFactory('wasm')) tf.removeBackend('wasm');
      tf.registerBackend('wasm', () => backend);
      if (!(await tf.setBackend('wasm'))) throw new Error('its memory could not be used');
      return await startOwnKernels(backend, await WebAssembly.compile(bytes), way, threads, notes);
    });
  } catch (error) {
    threads.end();
    throw error;
  }
}

/** On as many threads as answer. */
async function startOwnKernels(
  backend: TensorMemory,
  module: WebAssembly.Module,
  way: Way,
  threads: Threads,
  notes: string[],
): Promise<number> {
  const count = 1 + (await threads.loaded());
  if (count < way.threads) notes.push(fewerThreads(count, way.threads));
  try {
    const stuck = () => giveUp({ way: way.name, why: 'A thread of WebAssembly did not end its work.' });
    await startKernels(backend, module, count, { give: threads.give, stuck });
    return count;
  } catch (error) {
    if (count === 1) throw error;
    threads.end();
    notes.push(fewerThreads(1, way.threads));
    await startKernels(backend, module, 1);
    return 1;
  }
}

const fewerThreads = (count: number, of: number) =>
  count === 1
    ? 'WebAssembly computes on one thread: the others do not answer.'
    : `WebAssembly computes on ${count} of ${of} threads: the others do not answer.`;
