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

/** The way to the page, once there is one, and the numbers under which it knows the helpers. */
function createWayToPage() {
  let connected: Post | null = null;
  let started = 0;
  return {
    connect(post: Post): void {
      connected = post;
    },
    get isConnected() {
      return connected !== null;
    },
    /** @throws Error where there is no page */
    post(message: FromOwner, transfer: Transferable[] = []): void {
      if (!connected) throw new Error('There is no page that could start a worker.');
      connected(message, transfer);
    },
    nextNumber(): number {
      started += 1;
      return started;
    },
  };
}

const page = createWayToPage();
const helpers = new Map<number, HelperWorker>();

/** Says how messages reach the page. */
export const connectHelpers = page.connect;

/** Whether there is a page that could start helpers. */
export const canStartHelpers = () => page.isConnected;

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
  return start(kind, null, (id, message) => page.post({ type: 'tell-helper', helper: id, message }));
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
  const id = page.nextNumber();
  const helper: HelperWorker = {
    onmessage: null,
    onerror: null,
    postMessage: (message, transfer = []) => tell(id, message, transfer),
    terminate() {
      if (!helpers.delete(id)) return;
      page.post({ type: 'end-helper', helper: id });
      ended();
    },
  };
  helpers.set(id, helper);
  page.post({ type: 'start-helper', helper: id, kind, port }, port ? [port] : []);
  return helper;
}
