import { expect, it, vi } from 'vitest';
import { studyWith } from '../../../study/study-testing';
import { isComputing, onAnswer, progressOf, remembered } from './remembered';

/** Answers of the statistics, each given when it is called. */
const open: (() => void)[] = [];
vi.mock('../../../study/statistics/statistics-client', () => ({
  statistics: {
    call: (_: string, __: object, { signal }: { signal: AbortSignal }) =>
      new Promise((resolve, reject) => {
        open.push(() => resolve([]));
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  },
}));

const study = () => studyWith({ images: [], layers: ['conv1'], numbers: {} });
const bands = { series: [], seed: 1 };

it('computes each result once, and tells how many of its questions are answered', async () => {
  const [first, seen] = [study(), [] as string[]];
  const make = vi.fn(async (ask) => (await Promise.all([ask('bands', bands), ask('bands', bands)])).length);
  const both = [remembered(first, 'a', make), remembered(first, 'a', make)];
  const far = () => {
    const { answered, asked } = progressOf(first, ['a', 'of nothing']);
    return `${answered} of ${asked}`;
  };
  const stop = onAnswer(() => seen.push(far()));
  expect([far(), isComputing()]).toEqual(['0 of 2', true]);
  for (const answer of open.splice(0)) answer();
  expect(await Promise.all(both)).toEqual([2, 2]);
  expect(make).toHaveBeenCalledTimes(1);
  await vi.waitFor(() => expect(isComputing()).toBe(false), { timeout: 60_000 });
  expect(seen.slice(0, 2)).toEqual(['1 of 2', '2 of 2']);
  stop();
});

it('gives up what is under way for the study before, and does not remember a failure', async () => {
  const [first, second] = [study(), study()];
  const given = remembered(first, 'a', (ask) => ask('bands', bands));
  const next = remembered(second, 'a', (ask) => ask('bands', bands));
  await expect(given).rejects.toThrow(/abort/i);
  expect(progressOf(first, ['a'])).toEqual({ answered: 0, asked: 0 });
  // Asked about once more by a figure that comes late, the study before ends nothing.
  const late = remembered(first, 'c', (ask) => ask('bands', bands));
  for (const answer of open.splice(0)) answer();
  expect(await next).toEqual([]);
  expect(await late).toEqual([]);
  const fails = remembered(second, 'b', async () => Promise.reject(new Error('no')));
  await expect(fails).rejects.toThrow('no');
  await vi.waitFor(() => expect(isComputing()).toBe(false), { timeout: 60_000 });
  expect(await remembered(second, 'b', async () => 3)).toBe(3);
});
