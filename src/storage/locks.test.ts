import { afterEach, expect, it, vi } from 'vitest';
import { withLock } from './locks';

afterEach(() => vi.unstubAllGlobals());

const never = async () => {
  throw new DOMException('Access is denied.', 'SecurityError');
};

it.each([
  ['there are no locks', {}],
  ['locks are refused', { locks: { request: never } }],
])('does its work without a lock where %s', async (_, navigator) => {
  vi.stubGlobal('navigator', navigator);
  expect(await withLock('pears', {}, async (held) => held)).toBe(true);
});

it('does its work once, whatever that throws', async () => {
  const request = (_name: string, _options: LockOptions, work: (lock: object) => unknown) => work({});
  vi.stubGlobal('navigator', { locks: { request } });
  const work = vi.fn(async () => {
    throw new Error('no pears');
  });
  await expect(withLock('pears', {}, work)).rejects.toThrow('no pears');
  expect(work).toHaveBeenCalledTimes(1);
});

it('says whether another tab has the lock', async () => {
  const request = async (_name: string, _options: LockOptions, work: (lock: null) => unknown) => work(null);
  vi.stubGlobal('navigator', { locks: { request } });
  expect(await withLock('pears', { ifAvailable: true }, async (held) => held)).toBe(false);
});
