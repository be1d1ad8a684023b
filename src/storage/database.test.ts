import type { DBSchema } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDatabase } from './database';
import { FakeFactory, fakeClasses } from './storage-testing';

interface Pears extends DBSchema {
  pears: { key: string; value: unknown };
}

let factory: FakeFactory;

beforeEach(() => {
  factory = new FakeFactory();
  vi.stubGlobal('indexedDB', factory);
  for (const [name, fake] of Object.entries(fakeClasses)) vi.stubGlobal(name, fake);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function pears(version = 1, upgraded: number[] = []) {
  const database = createDatabase<Pears>('pears', version, (created, from) => {
    upgraded.push(from);
    if (from === 0) created.createObjectStore('pears');
  });
  return {
    put: (key: string, value: unknown) =>
      database.transact(['pears'], 'readwrite', (transaction) =>
        transaction.objectStore('pears').put(value, key),
      ),
    get: (key: string) =>
      database.transact(['pears'], 'readonly', (transaction) => transaction.objectStore('pears').get(key)),
    putBoth: (value: unknown) =>
      database.transact(['pears'], 'readwrite', async (transaction) => {
        await transaction.objectStore('pears').put(value, 'first');
        throw new DOMException('', 'QuotaExceededError');
      }),
  };
}

describe('a database of the page', () => {
  it('gives back what it was given, over one connection', async () => {
    const { put, get } = pears();
    await put('conference', { ripe: new Float32Array([1, 2]) });
    expect(await get('conference')).toEqual({ ripe: new Float32Array([1, 2]) });
    expect(await get('williams')).toBeUndefined();
    expect(factory.opened).toBe(1);
  });

  it('is opened anew after an opening that failed', async () => {
    const { put, get } = pears();
    factory.refusal = new DOMException('Internal error opening backing store.', 'UnknownError');
    await expect(put('conference', 1)).rejects.toMatchObject({
      name: 'StoreError',
      problem: 'failed',
      message: 'This browser does not keep it (Internal error opening backing store).',
    });
    await put('conference', 1);
    expect(await get('conference')).toBe(1);
  });

  it('is opened anew after the browser ended its connection', async () => {
    const { put, get } = pears();
    await put('conference', 1);
    factory.connections[0].close();
    expect(await get('conference')).toBe(1);
    expect(factory.opened).toBe(2);
    factory.connections[1].dispatchEvent(new Event('close'));
    expect(await get('conference')).toBe(1);
    expect(factory.opened).toBe(3);
  });

  it('does all of a transaction or nothing of it', async () => {
    const { put, get, putBoth } = pears();
    await put('first', 1);
    await expect(putBoth(2)).rejects.toMatchObject({ problem: 'full' });
    expect(await get('first')).toBe(1);
  });

  it('says that there is no more room where the browser names the error and no message', async () => {
    const { put } = pears();
    await put('first', 1);
    factory.failure = new DOMException('', 'QuotaExceededError');
    await expect(put('second', 1)).rejects.toMatchObject({
      problem: 'full',
      reason: 'this browser gives the page no more room to keep things in',
    });
  });

  it.each([
    ['there is none', 'absent', () => vi.stubGlobal('indexedDB', undefined)],
    ['reading it throws', 'forbidden', () => forbid('SecurityError')],
    ['it opens none', 'forbidden', () => (factory.refusal = new DOMException('', 'SecurityError'))],
  ])('says so where %s', async (_, problem, arrange) => {
    const { put } = pears();
    arrange();
    const error = await put('conference', 1).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'StoreError', problem });
    expect(error.message).toMatch(/^This browser .*\.$/);
  });

  function forbid(name: string) {
    Object.defineProperty(globalThis, 'indexedDB', {
      configurable: true,
      get: () => {
        throw new DOMException('', name);
      },
    });
  }

  it('is waited for once where it does not answer, and used when it does', async () => {
    vi.useFakeTimers();
    const { put, get } = pears();
    factory.silent = true;
    const first = expect(put('conference', 1)).rejects.toMatchObject({ problem: 'silent' });
    await vi.advanceTimersByTimeAsync(5000);
    await first;
    const second = expect(put('conference', 2)).rejects.toMatchObject({ problem: 'silent' });
    await vi.advanceTimersByTimeAsync(1);
    await second;
    factory.recover();
    vi.useRealTimers();
    await put('conference', 3);
    expect(await get('conference')).toBe(3);
    expect(factory.opened).toBe(1);
  });

  it('gives up a transaction that never ends', async () => {
    const { put } = pears();
    await put('conference', 1);
    vi.useFakeTimers();
    factory.silent = true;
    const silent = expect(put('conference', 2)).rejects.toMatchObject({ problem: 'silent' });
    await vi.advanceTimersByTimeAsync(60_000);
    await silent;
  });

  it('says that another tab is in the way, and goes on when that is closed', async () => {
    vi.useFakeTimers();
    const { put, get } = pears(2);
    factory.blocked = true;
    const blocked = expect(put('conference', 1)).rejects.toMatchObject({
      problem: 'blocked',
      reason: expect.stringMatching(/^another tab holds it open/),
    });
    await vi.advanceTimersByTimeAsync(5000);
    await blocked;
    factory.recover();
    vi.useRealTimers();
    await put('conference', 2);
    expect(await get('conference')).toBe(2);
  });

  it('keeps what an older version of the page has kept, and makes way for a newer one', async () => {
    const upgraded: number[] = [];
    const old = pears();
    await old.put('conference', 1);
    const change = new Event('versionchange');
    factory.connections[0].dispatchEvent(change);
    expect(factory.connections[0].open).toBe(false);
    expect(await pears(2, upgraded).get('conference')).toBe(1);
    expect(upgraded).toEqual([1]);
    await expect(old.get('conference')).rejects.toMatchObject({
      problem: 'newer',
      reason: 'a newer version of the page has kept it; load the page again',
    });
  });
});
