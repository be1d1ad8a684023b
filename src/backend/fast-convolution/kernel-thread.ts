import { instantiate } from './kernel-exports';

export interface ThreadOrder {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** Address of the board, and number of this thread, from 1. */
  board: number;
  thread: number;
}

/** `loaded`: its script has run, it can be given an order. `ready`: it is about to sleep until there is work. */
export type ThreadWord = 'loaded' | 'ready';

const say = (word: ThreadWord) => self.postMessage(word);

self.onmessage = async ({ data }: MessageEvent<ThreadOrder>) => {
  const { serve } = await instantiate(data.module, data.memory);
  say('ready');
  serve(data.board, data.thread);
};
say('loaded');
