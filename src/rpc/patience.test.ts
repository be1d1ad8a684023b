import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { within } from './patience';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new Promise<string>(() => {});

it('an answer in time is given, and nothing is counted any more', async () => {
  await expect(within(Promise.resolve('answer'), 1000, () => 'late')).resolves.toBe('answer');
  expect(vi.getTimerCount()).toBe(0);
});

it('what never answers is late when its time is over, not before', async () => {
  const given = vi.fn();
  void within(never, 1000, () => 'late').then(given);
  await vi.advanceTimersByTimeAsync(999);
  expect(given).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(given).toHaveBeenCalledWith('late');
});

it('lateness can be an error, and so can an answer', async () => {
  const late = within(never, 500, () => {
    throw new Error('too late');
  });
  const expected = expect(late).rejects.toThrow('too late');
  await vi.advanceTimersByTimeAsync(500);
  await expected;
  await expect(within(Promise.reject(new Error('no')), 500, () => null)).rejects.toThrow('no');
});

it('a machine that stands still for a minute has not waited for longer than one look', async () => {
  vi.useRealTimers();
  const answer = new Promise<string>((resolve) => setTimeout(() => resolve('answer'), 450));
  const busy = Date.now() + 400;
  const given = within(answer, 300, () => 'late');
  while (Date.now() < busy);
  await expect(given).resolves.toBe('answer');
});
