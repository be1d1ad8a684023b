import { codeIsMissing, isMissingCode } from '../code/missing-code';
import { lockManager } from '../storage/locks';
import type { FromWorker, Method, ToWorker } from './serve';

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

/** The worker ended twice over the same request. */
export class WorkerDiedError extends Error {
  override name = 'WorkerDiedError';
}

interface Pending {
  message: Extract<ToWorker, { type: 'request' }>;
  attempts: number;
  resolve(result: unknown): void;
  reject(error: Error): void;
  onProgress?: (progress: never) => void;
}

/**
 * Typed calls into a worker, with progress and cancellation.
 *
 * When the worker dies it is started again and what was under way is repeated once; a request that kills its
 * worker twice is rejected. A repeated request must still own its data, so nothing is transferred away.
 */
export function createWorkerClient<M extends { [K in keyof M]: Method }>(
  spawn: () => Worker,
): WorkerClient<M> {
  const pending = new Map<number, Pending>();
  let worker: Worker | null = null;
  let nextId = 1;

  const died = (dead: Worker, why: string, isMissing = false) => {
    if (worker !== dead) return;
    worker = null;
    dead.terminate();
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

  const start = (): Worker => {
    const started = spawn();
    const lock = `supersign-worker-${crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`}`;
    const late = setTimeout(() => died(started, 'it did not start'), startPatience);
    started.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.type === 'alive') {
        clearTimeout(late);
        // Granted only once the worker, which holds it, has ended.
        if (data.locked) {
          lockManager()
            ?.request(lock, () => died(started, 'it ended without a word'))
            .catch(() => {});
        }
      } else {
        receive(data);
      }
    };
    // What goes wrong in a script has a message; a script that is not there has none.
    started.onerror = ({ message }) => died(started, message || 'its script did not load', !message);
    started.postMessage({ type: 'hello', lock } satisfies ToWorker);
    return started;
  };

  const send = (request: Pending) => {
    worker ??= start();
    request.attempts += 1;
    pending.set(request.message.id, request);
    worker.postMessage(request.message);
  };

  const receive = (message: Exclude<FromWorker, { type: 'alive' }>) => {
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
      const ended = worker;
      worker = null;
      ended?.terminate();
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
          worker?.postMessage({ type: 'cancel', id } satisfies ToWorker);
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
