import { instantiate } from './exports';

export interface ThreadOrder {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** Address of the board, and number of this thread, from 1. */
  board: number;
  thread: number;
}

self.onmessage = async ({ data }: MessageEvent<ThreadOrder>) => {
  const { serve } = await instantiate(data.module, data.memory);
  self.postMessage('ready');
  serve(data.board, data.thread);
};
