import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClaimedError, createClaims } from './claims';

/** Web Locks, as far as claims ask for them. */
function fakeLocks() {
  const held = new Set<string>();
  return {
    async request(name: string, _: LockOptions, work: (lock: { name: string } | null) => Promise<unknown>) {
      if (held.has(name)) return work(null);
      held.add(name);
      return work({ name }).finally(() => held.delete(name));
    },
    query: async () => ({ held: [...held].map((name) => ({ name })) }),
  };
}

afterEach(() => vi.unstubAllGlobals());

/** Work that goes on until it is told to end. */
function work() {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { run: () => ended.then(() => 'done'), end };
}

let channel = 0;

describe.each([
  ['locks', () => vi.stubGlobal('navigator', { locks: fakeLocks() })],
  ['messages', () => vi.stubGlobal('navigator', {})],
] as const)('claims by %s', (by, arrange) => {
  beforeEach(() => {
    arrange();
    channel += 1;
  });
  /** Two tabs, each with claims of its own. */
  const tabs = () => [createClaims(`claims ${channel}`, 100), createClaims(`claims ${channel}`, 100)];

  it('are one tab’s at a time, seen by all, and free when the work is over', async () => {
    const [first, second] = tabs();
    expect(first.by()).toBe(by);
    const { run, end } = work();
    const going = first.claim('pear', run);
    await expect.poll(async () => [...(await second.held())]).toEqual(['pear']);
    expect([...(await first.held())]).toEqual(['pear']);
    await expect(second.claim('pear', async () => {})).rejects.toBeInstanceOf(ClaimedError);
    await expect(first.claim('pear', async () => {})).rejects.toBeInstanceOf(ClaimedError);
    expect(await second.claim('quince', async () => 1)).toBe(1);
    end();
    expect(await going).toBe('done');
    expect(await second.claim('pear', async () => 2)).toBe(2);
    expect([...(await second.held())]).toEqual([]);
  });

  it('are given back by work that fails', async () => {
    const [first, second] = tabs();
    await expect(first.claim('pear', () => Promise.reject(new Error('rotten')))).rejects.toThrow('rotten');
    expect(await second.claim('pear', async () => 3)).toBe(3);
  });

  it('go to one of two that ask at once', async () => {
    const both = tabs();
    const { run, end } = work();
    const outcomes = Promise.allSettled(both.map((tab) => tab.claim('pear', run)));
    setTimeout(end, 300);
    const [won, lost] = (await outcomes).sort((a) => (a.status === 'fulfilled' ? -1 : 1));
    expect(won).toMatchObject({ status: 'fulfilled', value: 'done' });
    expect(lost).toMatchObject({ status: 'rejected', reason: { name: 'ClaimedError' } });
  });
});

it('a browser without a way between tabs says so, and works on', async () => {
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('BroadcastChannel', undefined);
  const claims = createClaims('alone');
  expect(claims.by()).toBe('nothing');
  expect(await claims.claim('pear', async () => 4)).toBe(4);
  expect([...(await claims.held())]).toEqual([]);
});
