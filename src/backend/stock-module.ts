import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import sharedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import * as plainFactory from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';
import * as sharedFactory from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';
import { MissingCodeError } from '../code/missing-code';

/** Builds of TensorFlow.js' WebAssembly module: with vector instructions on shared memory, with them, without. */
export type StockBuild = 'shared' | 'simd' | 'plain';

const addresses: Record<StockBuild, string> = { shared: sharedUrl, simd: simdUrl, plain: plainUrl };

export type StockModule = BackendWasm['wasm'];

/** The module as Emscripten makes it. */
type EmscriptenModule = StockModule & {
  cwrap(name: string, returns: 'number' | null, takes: readonly 'number'[]): never;
};

/** What Emscripten's factories take and give, as far as it is used here. */
type Factory = (settings: {
  instantiateWasm(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object;
  locateFile(file: string): string;
  onAbort(why: unknown): void;
}) => Promise<EmscriptenModule>;

const factoryIn = (imported: unknown): Factory =>
  ((imported as { default?: unknown }).default ?? imported) as Factory;

/**
 * The bytes of a build.
 * @throws MissingCodeError where they cannot be had: a newer build of the page may have taken their place
 */
export async function fetchStockModule(build: StockBuild): Promise<ArrayBuffer> {
  const response = await fetch(addresses[build]).catch(() => null);
  if (!response?.ok) throw new MissingCodeError();
  return response.arrayBuffer();
}

/** A module that runs, with the functions that its backend calls. On shared memory, too, it computes on one thread. */
export async function startStockModule(build: StockBuild, bytes: ArrayBuffer): Promise<StockModule> {
  const module = await WebAssembly.compile(bytes);
  const running = await new Promise<EmscriptenModule>((resolve, reject) => {
    const make = () =>
      factoryIn(build === 'shared' ? sharedFactory : plainFactory)({
        instantiateWasm(imports, done) {
          WebAssembly.instantiate(module, imports).then((instance) => done(instance, module), reject);
          return {};
        },
        locateFile: (file) => file,
        onAbort: (why) => reject(new Error(`its module stopped: ${String(why)}`)),
      });
    (build === 'shared' ? withoutThreads(make) : make()).then(resolve, reject);
  });
  running.tfjs = {
    init: running.cwrap('init', null, []),
    initWithThreadsCount: running.cwrap('init_with_threads_count', null, ['number']),
    getThreadsCount: running.cwrap('get_threads_count', 'number', []),
    registerTensor: running.cwrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: running.cwrap('dispose_data', null, ['number']),
    dispose: running.cwrap('dispose', null, []),
  };
  return running;
}

/** Says that it is there, and is never given any work: with a thread count of one there is none. */
class NoThread {
  onmessage: ((event: { data: { cmd: string } }) => void) | null = null;

  postMessage({ cmd }: { cmd: string }): void {
    if (cmd === 'load') queueMicrotask(() => this.onmessage?.({ data: { cmd: 'loaded' } }));
  }

  terminate(): void {}
}

/** The build on shared memory starts eight threads before anything else, whether they are wanted or not. It does so at once, not later. */
function withoutThreads<Result>(make: () => Result): Result {
  const scope = globalThis as { Worker: unknown };
  const { Worker } = scope;
  scope.Worker = NoThread;
  try {
    return make();
  } finally {
    scope.Worker = Worker;
  }
}
