import type { BenchRequest, BenchResult } from './worker';

declare global {
  interface Window {
    /** Called by the bench and by the memory test. */
    benchEngine(request: BenchRequest): Promise<BenchResult>;
  }
}

window.benchEngine = (request) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<{ result: BenchResult } | { error: string }>) => {
      worker.terminate();
      if ('error' in data) reject(new Error(data.error));
      else resolve(data.result);
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(request);
  });
