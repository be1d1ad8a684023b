import { answered } from '../storage/answered';
import { lockManager } from '../storage/locks';
import { connectHelpers, type FromOwner, hearOfHelper, type ToOwner } from './helper-workers';
import { connectStages, leaveOut, type StageNews, type WayLeftOut } from './stages';

/** One method of a worker: what it takes, gives back and reports on the way. */
export interface Method {
  request: unknown;
  result: unknown;
  progress: unknown;
}

export type Methods = { [name: string]: Method };

export interface Task<Progress> {
  signal: AbortSignal;
  report(progress: Progress): void;
  /** Lets messages in when due (every 12 ms) and throws an AbortError when the task was cancelled. */
  checkpoint(): Promise<void>;
}

export type Handlers<M extends { [K in keyof M]: Method }> = {
  [K in keyof M]: (
    request: M[K]['request'],
    task: Task<M[K]['progress']>,
  ) => Promise<{ result: M[K]['result']; transfer?: Transferable[] }>;
};

export type ToWorker =
  /** `leftOut`: ways of computing on which workers before this one have stuck. */
  | { type: 'hello'; lock: string; leftOut: WayLeftOut[] }
  | { type: 'request'; id: number; method: string; request: unknown }
  | { type: 'cancel'; id: number }
  | ToOwner;

export type FromWorker =
  /** `locked`: whether it holds the lock it was asked to hold. */
  | { type: 'alive'; locked: boolean }
  | { type: 'progress'; id: number; progress: unknown }
  | { type: 'result'; id: number; result: unknown }
  | { type: 'error'; id: number; name: string; message: string }
  | StageNews
  | FromOwner;

/** Where requests come from, and answers go. */
type Scope = Pick<DedicatedWorkerGlobalScope, 'onmessage' | 'postMessage'>;

/** Answers requests of the page one after the other; a cancelled one ends at its next checkpoint. */
export function serve<M extends { [K in keyof M]: Method }>(handlers: Handlers<M>): void {
  const scope = self as unknown as DedicatedWorkerGlobalScope;
  connectHelpers((message, transfer) => scope.postMessage(message, transfer));
  connectStages((news) => scope.postMessage(news));
  answerRequests(scope, handlers);
}

/** The same in a helper, whose owner speaks to it through the channel that the page hands it. */
export function serveThroughPort<M extends { [K in keyof M]: Method }>(handlers: Handlers<M>): void {
  self.onmessage = ({ data: port }: MessageEvent<MessagePort>) =>
    answerRequests(port as unknown as Scope, handlers);
}

function answerRequests<M extends { [K in keyof M]: Method }>(scope: Scope, handlers: Handlers<M>): void {
  const post = (message: FromWorker, transfer: Transferable[] = []) => scope.postMessage(message, transfer);
  const running = new Map<number, AbortController>();
  let queue: Promise<void> = Promise.resolve();

  const answer = async (id: number, method: string, request: unknown, controller: AbortController) => {
    try {
      controller.signal.throwIfAborted();
      const handler = handlers[method as keyof M];
      const { result, transfer } = await handler(request as never, {
        signal: controller.signal,
        report: (progress) => post({ type: 'progress', id, progress }),
        checkpoint: checkpointFor(controller.signal),
      });
      controller.signal.throwIfAborted();
      post({ type: 'result', id, result }, transfer);
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      post({ type: 'error', id, name, message });
    } finally {
      running.delete(id);
    }
  };

  scope.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.type === 'hello') {
      leaveOut(data.leftOut);
      holdLock(data.lock, (locked) => post({ type: 'alive', locked }));
    } else if (data.type === 'cancel') {
      running.get(data.id)?.abort();
    } else if (data.type === 'helper-said' || data.type === 'helper-failed') {
      hearOfHelper(data);
    } else {
      const controller = new AbortController();
      running.set(data.id, controller);
      queue = queue.then(() => answer(data.id, data.method, data.request, controller));
    }
  };
}

/** The lock falls free when this worker ends, however it ends: that is how the page learns of it. */
function holdLock(name: string, told: (locked: boolean) => void): void {
  const held = new Promise<boolean>((resolve, reject) => {
    const locks = lockManager();
    if (!locks) return resolve(false);
    locks
      .request(name, () => {
        resolve(true);
        return new Promise(() => {});
      })
      .catch(reject);
  });
  // Without a lock the worker is alive all the same.
  answered(held).then(told, () => told(false));
}

/** Any number of checkpoints may wait at once: each has a turn of its own. */
export function checkpointFor(signal: AbortSignal): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last > 12) {
      await nextMessage();
      last = performance.now();
    }
    signal.throwIfAborted();
  };
}

const channel = new MessageChannel();
/** Those who wait for their turn of the message queue, in order. */
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Resolves after the messages that are already waiting; `setTimeout` would add its 4 ms minimum. */
function nextMessage(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}
