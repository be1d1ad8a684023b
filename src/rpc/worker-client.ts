import { codeIsMissing, isMissingCode } from '../code/missing-code';
import { lockManager } from '../storage/locks';
import { createHelperRelay, type SpawnHelper } from './helper-relay';
import type { HelperWorker } from './helper-workers';
import { patiently } from './patience';
import type { FromWorker, Method, ToWorker } from './serve';
import { watchStages } from './stage-watch';
import type { WayLeftOut } from './stages';

export interface CallOptions<Progress> {
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

export interface WorkerClient<M extends { [K in keyof M]: Method }> {
  call<K extends keyof M & string>(
    method: K,
    request: M[K]['request'],
    options?: CallOptions<M[K]['progress']>,
  ): Promise<M[K]['result']>;
  /** Ends the worker and rejects what is open; the next call starts another. */
  end(): void;
}

/** Longest time in milliseconds from a worker's start to its first word, its download included. */
const startPatience = 120_000;

/** After so long without a word, in milliseconds, another one is started beside it: the first to speak is taken. */
export const SECOND_START = 3000;

/** The worker ended twice over the same request. */
export class WorkerDiedError extends Error {
  override name = 'WorkerDiedError';
}

type Answer = Extract<FromWorker, { type: 'progress' | 'result' | 'error' }>;

interface Pending {
  message: Extract<ToWorker, { type: 'request' }>;
  attempts: number;
  resolve(result: unknown): void;
  reject(error: Error): void;
  onProgress?: (progress: never) => void;
}

/** A worker that was started, and what belongs to it. */
interface Launched {
  worker: HelperWorker;
  /** Ends it with its helpers. */
  close(): void;
}

/**
 * Typed calls into a worker, with progress and cancellation.
 *
 * When the worker dies it is started again and what was under way is repeated once; a request that kills its
 * worker twice is rejected. A repeated request must still own its data, so nothing is transferred away.
 * A worker that says nothing at its start, or sticks in a stage of it, is replaced as well.
 * @param spawnHelper starts what the worker wants beside it
 */
export function createWorkerClient<M extends { [K in keyof M]: Method }>(
  spawn: () => HelperWorker,
  spawnHelper?: SpawnHelper,
): WorkerClient<M> {
  const pending = new Map<number, Pending>();
  const leftOut: WayLeftOut[] = [];
  let current: Launched | null = null;
  let second: Launched | null = null;
  let nextId = 1;

  const closeAll = () => {
    current?.close();
    second?.close();
    current = null;
    second = null;
  };

  const died = (dead: Launched, why: string, isMissing = false) => {
    if (second === dead) {
      second.close();
      second = null;
    }
    if (current !== dead) return;
    closeAll();
    const open = [...pending.values()];
    pending.clear();
    for (const request of open) {
      if (request.attempts >= 2) {
        request.reject(
          isMissing
            ? codeIsMissing()
            : new WorkerDiedError(`The engine stopped twice over this request (${why}).`),
        );
      } else {
        send(request);
      }
    }
  };

  /** Replaces a worker that stuck; what was under way is begun again on another way, of which there are few. */
  const stuck = (dead: Launched, stage: WayLeftOut) => {
    if (current !== dead) return;
    if (leftOut.some(({ way }) => way === stage.way)) {
      died(dead, stage.why);
      return;
    }
    leftOut.push(stage);
    closeAll();
    if (pending.size > 0) takeUp(start());
  };

  const launch = (firstWord: (launched: Launched) => void, closed = () => {}): Launched => {
    const worker = spawn();
    const relay = spawnHelper ? createHelperRelay(worker, spawnHelper) : null;
    const watch = watchStages((stage) => stuck(launched, stage));
    const lock = `supersign-worker-${crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`}`;
    let hasSpoken = false;
    let isClosed = false;
    const launched: Launched = {
      worker,
      close() {
        isClosed = true;
        closed();
        watch.end();
        relay?.end();
        worker.terminate();
      },
    };
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (isClosed) return;
      if (!hasSpoken) firstWord(launched);
      hasSpoken = true;
      watch.heard(data);
      // Granted only once the worker, which holds it, has ended.
      if (data.type === 'alive')
        whenFree(data.locked ? lock : null, () => died(launched, 'it ended without a word'));
      else if (data.type === 'stuck') stuck(launched, data.stage);
      else if (data.type === 'stage') return;
      else if ('helper' in data) relay?.receive(data);
      else receive(data);
    };
    // What goes wrong in a script has a message; a script that is not there has none.
    worker.onerror = ({ message }) => died(launched, message || 'its script did not load', !message);
    worker.postMessage({ type: 'hello', lock, leftOut } satisfies ToWorker);
    return launched;
  };

  const start = (): Launched => {
    const late = setTimeout(() => died(started, 'it did not start'), startPatience);
    const slow = patiently(SECOND_START, () => {
      second = launch((spoke) => {
        if (second !== spoke) return;
        second = null;
        current?.close();
        takeUp(spoke);
      });
    });
    const waitNoMore = () => {
      clearTimeout(late);
      slow();
    };
    const started = launch(() => {
      waitNoMore();
      second?.close();
      second = null;
    }, waitNoMore);
    return started;
  };

  /** Goes on with another worker: asks it all that is open. */
  const takeUp = (launched: Launched) => {
    current = launched;
    for (const { message } of pending.values()) launched.worker.postMessage(message);
  };

  const send = (request: Pending) => {
    current ??= start();
    request.attempts += 1;
    pending.set(request.message.id, request);
    current.worker.postMessage(request.message);
  };

  const receive = (message: Answer) => {
    const request = pending.get(message.id);
    if (!request) return;
    if (message.type === 'progress') {
      request.onProgress?.(message.progress as never);
      return;
    }
    pending.delete(message.id);
    if (message.type === 'result') request.resolve(message.result);
    else {
      const error = Object.assign(new Error(message.message), { name: message.name });
      if (isMissingCode(error)) codeIsMissing();
      request.reject(error);
    }
  };

  return {
    end() {
      closeAll();
      for (const { reject } of pending.values())
        reject(new DOMException('The worker was ended.', 'AbortError'));
      pending.clear();
    },
    call: (method, request, { signal, onProgress } = {}) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const id = nextId++;
        const cancel = () => {
          if (!pending.delete(id)) return;
          current?.worker.postMessage({ type: 'cancel', id } satisfies ToWorker);
          reject(signal?.reason);
        };
        // One signal may be for thousands of calls: what it holds of each must go with its answer.
        const answered = () => signal?.removeEventListener('abort', cancel);
        signal?.addEventListener('abort', cancel, { once: true });
        send({
          message: { type: 'request', id, method, request },
          attempts: 0,
          resolve(result) {
            answered();
            resolve(result as never);
          },
          reject(error) {
            answered();
            reject(error);
          },
          onProgress,
        });
      }),
  };
}

/** Tells when a lock falls free that is held now. */
function whenFree(lock: string | null, free: () => void): void {
  if (lock)
    lockManager()
      ?.request(lock, free)
      .catch(() => {});
}
