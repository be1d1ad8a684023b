/**
 * Workers that a worker wants beside it. The page starts them: in Firefox the constructor of a worker inside a worker sometimes
 * never returns, and nothing can be done about it from inside.
 */

/** What helpers there are. */
export type HelperKind = 'thread' | 'hdf5' | 'scenes';

/** What a worker tells its page about its helpers, which have numbers. */
export type FromOwner =
  /** With a `port` the helper is handed that as its first message, and all else goes through it. */
  | { type: 'start-helper'; helper: number; kind: HelperKind; port: MessagePort | null }
  | { type: 'tell-helper'; helper: number; message: unknown }
  | { type: 'end-helper'; helper: number };

/** What a page tells a worker about its helpers. */
export type ToOwner =
  | { type: 'helper-said'; helper: number; message: unknown }
  /** `message`: what went wrong in its script; empty where that did not load. */
  | { type: 'helper-failed'; helper: number; message: string };

/** As much of a worker as those who use a helper need. */
export type HelperWorker = Pick<Worker, 'onmessage' | 'onerror' | 'terminate'> & {
  postMessage(message: unknown, transfer?: Transferable[]): void;
};

type Post = (message: FromOwner, transfer: Transferable[]) => void;

let postToPage: Post | null = null;
let started = 0;
const helpers = new Map<number, HelperWorker>();

/** Says how messages reach the page. */
export function connectHelpers(post: Post): void {
  postToPage = post;
}

/** Whether there is a page that could start helpers. */
export const canStartHelpers = () => postToPage !== null;

/** Takes what the page tells of a helper. */
export function hearOfHelper(told: ToOwner): void {
  const helper = helpers.get(told.helper);
  if (!helper) return;
  const worker = helper as unknown as Worker;
  if (told.type === 'helper-said') {
    helper.onmessage?.call(worker, { data: told.message } as MessageEvent);
  } else {
    helper.onerror?.call(worker, { message: told.message } as ErrorEvent);
  }
}

/**
 * A helper whose messages the page passes on, as they are: none is waited for by a thread that sleeps, none is lost with one
 * that falls asleep.
 */
export function startRelayedHelper(kind: HelperKind): HelperWorker {
  return start(kind, null, (id, message) => post({ type: 'tell-helper', helper: id, message }));
}

/** A helper with a channel of its own, for much data. Its script takes the channel by `serveThroughPort`. */
export function startHelper(kind: HelperKind): HelperWorker {
  const { port1, port2 } = new MessageChannel();
  const helper = start(
    kind,
    port2,
    (_, message, transfer) => port1.postMessage(message, transfer),
    () => port1.close(),
  );
  port1.onmessage = (event) => helper.onmessage?.call(helper as unknown as Worker, event);
  return helper;
}

function start(
  kind: HelperKind,
  port: MessagePort | null,
  tell: (id: number, message: unknown, transfer: Transferable[]) => void,
  ended = () => {},
): HelperWorker {
  const id = ++started;
  const helper: HelperWorker = {
    onmessage: null,
    onerror: null,
    postMessage: (message, transfer = []) => tell(id, message, transfer),
    terminate() {
      if (!helpers.delete(id)) return;
      post({ type: 'end-helper', helper: id });
      ended();
    },
  };
  helpers.set(id, helper);
  post({ type: 'start-helper', helper: id, kind, port }, port ? [port] : []);
  return helper;
}

function post(message: FromOwner, transfer: Transferable[] = []): void {
  if (!postToPage) throw new Error('There is no page that could start a worker.');
  postToPage(message, transfer);
}
