import type { ConvolutionRequest, ConvolutionResult } from './worker';

declare global {
  interface Window {
    benchConvolutions(request: ConvolutionRequest): Promise<ConvolutionResult>;
  }
}

window.benchConvolutions = (request) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<{ result: ConvolutionResult } | { error: string }>) => {
      worker.terminate();
      if ('error' in data) reject(new Error(data.error));
      else resolve(data.result);
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(request);
  });
