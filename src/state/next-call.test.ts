import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createNextCall } from './next-call';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('calls once, what was asked for last, and nothing that was dropped', () => {
  const called: string[] = [];
  const next = createNextCall();
  next.after(250, () => called.push('first'));
  vi.advanceTimersByTime(200);
  next.after(250, () => called.push('second'));
  vi.advanceTimersByTime(249);
  expect(called).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(called).toEqual(['second']);
  next.after(250, () => called.push('third'));
  next.drop();
  vi.advanceTimersByTime(1000);
  expect(called).toEqual(['second']);
});
