import { canStartHelpers, type HelperWorker, startRelayedHelper } from '../rpc/helper-workers';
import { within } from '../rpc/patience';
import type { ThreadOrder, ThreadWord } from './fast-convolution/kernel-thread';

/** Times in milliseconds that threads have to load their script, counted from when all else is there, and to take their order. */
const LOAD_PATIENCE = 3000;
const ORDER_PATIENCE = 1500;

/** Beyond these, threads wait for memory more than they compute. */
const MOST_THREADS = 16;

/** Threads for a machine of so many cores, the engine's own included; one where it does not tell. */
export const threadsFor = (cores: number | undefined): number => Math.min(MOST_THREADS, cores || 1);

/** Threads that help the engine's own. */
export interface Threads {
  /** How many have loaded, after waiting for all of them for a while. The others are ended. */
  loaded(): Promise<number>;
  /**
   * Gives the thread its order.
   * @throws where it does not take it in time
   */
  give(order: ThreadOrder): Promise<void>;
  end(): void;
}

/** Starts so many threads; their scripts load while other things are done. */
export function startThreads(count: number): Threads {
  const starting = Array.from({ length: canStartHelpers() ? count : 0 }, startThread);
  let threads: Thread[] = [];

  return {
    async loaded() {
      await within(
        Promise.allSettled(starting.map((thread) => thread.heard('loaded'))),
        LOAD_PATIENCE,
        () => null,
      );
      threads = starting.filter((thread) => thread.has('loaded'));
      for (const thread of starting) if (!threads.includes(thread)) thread.end();
      return threads.length;
    },
    async give(order) {
      const thread = threads[order.thread - 1];
      thread.give(order);
      await within(thread.heard('ready'), ORDER_PATIENCE, () => {
        throw new Error(`thread ${order.thread} does not answer`);
      });
    },
    end() {
      for (const thread of starting) thread.end();
    },
  };
}

type Thread = ReturnType<typeof startThread>;

function startThread() {
  const helper: HelperWorker = startRelayedHelper('thread');
  const said = new Set<ThreadWord>();
  let listeners: (() => void)[] = [];
  let failure: string | null = null;
  const changed = () => {
    const told = listeners;
    listeners = [];
    for (const tell of told) tell();
  };
  helper.onmessage = ({ data }: MessageEvent<ThreadWord>) => {
    said.add(data);
    changed();
  };
  helper.onerror = ({ message }) => {
    failure = message || 'its script did not load';
    changed();
  };
  const heard = async (word: ThreadWord) => {
    while (!said.has(word)) {
      if (failure !== null) throw new Error(`a thread did not start: ${failure}`);
      await new Promise<void>((resolve) => listeners.push(resolve));
    }
  };
  return {
    heard,
    has: (word: ThreadWord) => said.has(word),
    give: (order: ThreadOrder) => helper.postMessage(order),
    end: () => helper.terminate(),
  };
}
