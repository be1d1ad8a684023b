import { BackendWasm, setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { isMissingCode } from '../code/missing-code';
import { within } from '../rpc/patience';
import { giveUp, watchedByPage, whyLeftOut } from '../rpc/stages';
import { messageOf } from '../text/message-of';
import { fetchKernels } from './fast-convolution/load-kernels';
import { startFastConvolution } from './fast-convolution/running';
import { fetchStockModule, type StockBuild, type StockModule, startStockModule } from './stock-module';
import { startThreads, type Threads } from './threads';

/** Beyond these, threads wait for memory more than they compute. */
const MOST_THREADS = 16;

/** Longest time in milliseconds for a module to run once its bytes are there. */
const MODULE_PATIENCE = 4000;

/** A way to run WebAssembly. */
interface Way {
  /** Its name in sentences, and among the ways left out. */
  name: string;
  build: StockBuild;
  threads: number;
}

export interface StartedWasm {
  threads: number;
  /** The way it runs, by which it can be left out. */
  way: string;
  /** Sentences about what was left out. */
  notes: string[];
}

/** Starts the WebAssembly backend in the first way that answers: on all cores, on one, without vector instructions. */
export async function startWasm(): Promise<StartedWasm> {
  const notes: string[] = [];
  for (const way of await waysHere()) {
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

async function waysHere(): Promise<Way[]> {
  const flags = ['WASM_HAS_SIMD_SUPPORT', 'WASM_HAS_MULTITHREAD_SUPPORT'];
  const [vectors, shared] = await Promise.all(
    flags.map(async (flag) => Boolean(await tf.env().getAsync(flag))),
  );
  const cores = Math.min(MOST_THREADS, navigator.hardwareConcurrency || 1);
  const ways: (Way | false)[] = [
    vectors && shared && { name: 'WebAssembly on shared memory', build: 'shared', threads: cores },
    vectors && { name: 'WebAssembly on one thread', build: 'simd', threads: 1 },
    { name: 'WebAssembly without vector instructions', build: 'plain', threads: 1 },
  ];
  return ways.filter((way) => way !== false);
}

/** @returns the number of threads */
async function startOn(way: Way, notes: string[]): Promise<number> {
  const threads = startThreads(way.threads - 1);
  try {
    const [stock, kernels] = await Promise.all([
      fetchStockModule(way.build),
      fetchKernels(way.build === 'shared').catch(notThere),
    ]);
    return await watchedByPage(way.name, `${way.name} did not start.`, async () => {
      const module = await within(startStockModule(way.build, stock), MODULE_PATIENCE, () => {
        throw new Error('its module does not answer');
      });
      await useModule(module, threads);
      return await startOwnKernels(kernels, way, threads, notes);
    });
  } catch (error) {
    threads.end();
    throw error;
  }
}

/** A backend that ends its threads with itself. */
class OwnBackend extends BackendWasm {
  constructor(
    module: StockModule,
    private readonly threads: Threads,
  ) {
    super(module);
  }

  override dispose(): void {
    super.dispose();
    this.threads.end();
  }
}

/** Makes a module the backend named `wasm`. */
async function useModule(module: StockModule, threads: Threads): Promise<void> {
  setThreadsCount(1);
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', () => new OwnBackend(module, threads));
  if (!(await tf.setBackend('wasm'))) throw new Error('its module could not be used');
}

/** Our own kernels, on as many threads as answer. Where they do not start, TensorFlow.js' do their work. */
async function startOwnKernels(
  bytes: ArrayBuffer | null,
  way: Way,
  threads: Threads,
  notes: string[],
): Promise<number> {
  const alone = (why: unknown) => {
    threads.end();
    if (why) console.warn('Kernels of TensorFlow.js do the work:', why);
    return 1;
  };
  if (!bytes) return alone(null);
  try {
    const module = await WebAssembly.compile(bytes);
    const count = 1 + (await threads.loaded());
    if (count < way.threads) notes.push(fewerThreads(count, way.threads));
    try {
      const stuck = () => giveUp({ way: way.name, why: 'A thread of WebAssembly did not end its work.' });
      await startFastConvolution(module, count, { give: threads.give, stuck });
      return count;
    } catch (error) {
      if (count === 1) throw error;
      threads.end();
      notes.push(fewerThreads(1, way.threads));
      await startFastConvolution(module, 1);
      return 1;
    }
  } catch (error) {
    return alone(error);
  }
}

const fewerThreads = (count: number, of: number) =>
  count === 1
    ? 'WebAssembly computes on one thread: the others do not answer.'
    : `WebAssembly computes on ${count} of ${of} threads: the others do not answer.`;

function notThere(error: unknown): null {
  console.warn('Kernels of TensorFlow.js do the work:', error);
  return null;
}
