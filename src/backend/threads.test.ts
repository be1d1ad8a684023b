import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { connectHelpers, type FromOwner, hearOfHelper } from '../rpc/helper-workers';
import type { ThreadOrder } from './fast-convolution/kernel-thread';
import { startThreads, threadsFor } from './threads';

/** What is asked of the page, which starts the helpers. */
let asked: FromOwner[] = [];
const of = (type: FromOwner['type']) => asked.filter((message) => message.type === type);
const numbers = () => of('start-helper').map(({ helper }) => helper);
const says = (helper: number, message: string) => hearOfHelper({ type: 'helper-said', helper, message });

const order = (thread: number) => ({ thread }) as ThreadOrder;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  connectHelpers((message) => asked.push(message));
});
afterEach(() => void vi.useRealTimers());

it('threads that answer are all taken, without any waiting', async () => {
  const threads = startThreads(3);
  for (const helper of numbers()) says(helper, 'loaded');
  await expect(threads.loaded()).resolves.toBe(3);
  const given = threads.give(order(2));
  expect(asked.at(-1)).toMatchObject({ type: 'tell-helper', helper: numbers()[1], message: { thread: 2 } });
  says(numbers()[1], 'ready');
  await given;
  expect(of('end-helper')).toEqual([]);
});

it('one that never answers is ended within 3 s, and the others have numbers without a gap', async () => {
  const threads = startThreads(3);
  const [first, silent, third] = numbers();
  says(first, 'loaded');
  says(third, 'loaded');
  const count = threads.loaded();
  await vi.advanceTimersByTimeAsync(3000);
  await expect(count).resolves.toBe(2);
  expect(of('end-helper')).toEqual([{ type: 'end-helper', helper: silent }]);
  const given = threads.give(order(2));
  says(third, 'ready');
  await given;
});

it('one whose script does not load is not waited for', async () => {
  const threads = startThreads(2);
  const [first, broken] = numbers();
  says(first, 'loaded');
  hearOfHelper({ type: 'helper-failed', helper: broken, message: '' });
  await expect(threads.loaded()).resolves.toBe(1);
});

it('one that does not take its order in time is an error', async () => {
  const threads = startThreads(1);
  says(numbers()[0], 'loaded');
  await threads.loaded();
  const given = expect(threads.give(order(1))).rejects.toThrow('thread 1 does not answer');
  await vi.advanceTimersByTimeAsync(1500);
  await given;
  threads.end();
  expect(of('end-helper')).toHaveLength(1);
});

it('every core has a thread, up to sixteen', () => {
  expect([undefined, 0, 1, 6, 16, 32].map(threadsFor)).toEqual([1, 1, 1, 6, 16, 16]);
});
