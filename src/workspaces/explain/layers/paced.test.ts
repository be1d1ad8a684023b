import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { paced } from './paced';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('hands on the first value at once, and of those that follow the newest of each pause', () => {
  const taken: number[] = [];
  const { soon } = paced<number>((value) => taken.push(value), 100);
  for (let value = 0; value < 10; value++) {
    soon(value);
    vi.advanceTimersByTime(30);
  }
  vi.advanceTimersByTime(100);
  // One at 0 ms, then at 100, 200 and 300 ms what had come by then.
  expect(taken).toEqual([0, 3, 6, 9]);
});

it('hands on the last value at once, and nothing older after it', () => {
  const taken: number[] = [];
  const { soon, now } = paced<number>((value) => taken.push(value), 100);
  soon(1);
  soon(2);
  now(3);
  vi.advanceTimersByTime(1000);
  expect(taken).toEqual([1, 3]);
});
