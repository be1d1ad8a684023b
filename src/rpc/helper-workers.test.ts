import { expect, it } from 'vitest';
import { createHelperRelay } from './helper-relay';
import {
  connectHelpers,
  type FromOwner,
  hearOfHelper,
  startHelper,
  startRelayedHelper,
} from './helper-workers';

/** A worker that answers what it is told, through its own channel where it is handed one. */
class Echo {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  ended = false;
  postMessage(message: unknown) {
    if (message instanceof MessagePort) {
      message.onmessage = ({ data }) => message.postMessage(`through the channel: ${data}`);
    } else queueMicrotask(() => this.onmessage?.({ data: `relayed: ${message}` }));
  }
  terminate() {
    this.ended = true;
  }
}

/** A page and its worker, both in this process. */
function page(spawn: () => Echo) {
  const relay = createHelperRelay({ postMessage: (told) => hearOfHelper(told as never) }, () => {
    const worker = spawn();
    return worker as unknown as Worker;
  });
  connectHelpers((message: FromOwner) => relay.receive(message));
  return relay;
}

const answerOf = (helper: ReturnType<typeof startHelper>) =>
  new Promise((resolve, reject) => {
    helper.onmessage = ({ data }) => resolve(data);
    helper.onerror = ({ message }) => reject(new Error(message));
  });

it('the page passes messages on, and ends a helper when its owner says so', async () => {
  const worker = new Echo();
  page(() => worker);
  const helper = startRelayedHelper('thread');
  const answer = answerOf(helper);
  helper.postMessage('hello');
  await expect(answer).resolves.toBe('relayed: hello');
  helper.terminate();
  expect(worker.ended).toBe(true);
});

it('a helper with a channel of its own is spoken to through that', async () => {
  page(() => new Echo());
  const helper = startHelper('hdf5');
  const answer = answerOf(helper);
  helper.postMessage('hello');
  await expect(answer).resolves.toBe('through the channel: hello');
  helper.terminate();
});

it('one that breaks, or cannot be started at all, tells its owner', async () => {
  const worker = new Echo();
  page(() => worker);
  const broken = answerOf(startRelayedHelper('thread'));
  worker.onerror?.({ message: 'it broke' });
  await expect(broken).rejects.toThrow('it broke');

  connectHelpers((message) => queueMicrotask(() => refusing.receive(message)));
  const refusing = createHelperRelay({ postMessage: (told) => hearOfHelper(told as never) }, () => {
    throw new Error('no workers here');
  });
  await expect(answerOf(startRelayedHelper('thread'))).rejects.toThrow('no workers here');
});

it('all end with their owner', () => {
  const workers: Echo[] = [];
  const relay = page(() => {
    const worker = new Echo();
    workers.push(worker);
    return worker;
  });
  startRelayedHelper('thread');
  startRelayedHelper('thread');
  relay.end();
  expect(workers.map(({ ended }) => ended)).toEqual([true, true]);
});
