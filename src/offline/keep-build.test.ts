import { beforeEach, describe, expect, it } from 'vitest';
import { keepBuild } from './keep-build';
import { keptBuilds } from './kept-builds';
import { FakeCaches, FakeHost } from './offline-testing';

const scope = 'https://host/page/';
const first = {
  'index.html': 'page of 1',
  'assets/index-1.js': 'script 1',
  'assets/study-1.js': 'study 1',
  'assets/same.wasm': 'kernels',
  'networks/a/weights.bin': 'weights 1',
};
const second = {
  'index.html': 'page of 2',
  'assets/index-2.js': 'script 2',
  'assets/same.wasm': 'kernels',
  'networks/a/weights.bin': 'weights 2',
};

let caches: FakeCaches;
let host: FakeHost;
let open: string[];

beforeEach(() => {
  caches = new FakeCaches();
  host = new FakeHost(scope, first);
  open = [];
});

const keep = (script = 'assets/index-1.js', onProgress: (bytes: number, of: number) => void = () => {}) =>
  keepBuild({
    caches: caches as unknown as CacheStorage,
    fetch: host.fetch,
    scope,
    script,
    used: async () => (path) => open.includes(path),
    idle: async () => {},
    onProgress,
  });

const kept = () => keptBuilds(caches as unknown as CacheStorage, scope);
const textOf = async (path: string) => (await kept().find(path))?.text();
const bytes = (files: Record<string, string>) => Object.values(files).join('').length;

describe('keeping a build', () => {
  it('keeps every file, says how far it is, and fetches nothing twice', async () => {
    const told: [number, number][] = [];
    expect(await keep(undefined, (...progress) => told.push(progress))).toEqual({
      state: 'kept',
      bytes: bytes(first),
    });
    for (const [path, text] of Object.entries(first)) expect(await textOf(path)).toBe(text);
    expect(told.map(([done]) => done)).toEqual([0, 9, 17, 24, 31, 40]);
    expect(new Set(told.map(([, of]) => of))).toEqual(new Set([bytes(first)]));
    host.asked.length = 0;
    expect(await keep()).toMatchObject({ state: 'kept' });
    expect(host.asked).toEqual(['files.json']);
  });

  it('waits for an idle moment before every megabyte, and before every thirty-two files', async () => {
    let moments = 0;
    const asked: number[] = [];
    host.files = {
      'index.html': 'page',
      ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`assets/part-${i}.js`, `part ${i}`])),
      'assets/large.wasm': 'x'.repeat(1_200_000),
      'networks/a/weights.bin': 'weights',
    };
    const { fetch } = host;
    host.fetch = (address, options) => {
      asked[moments] = (asked[moments] ?? 0) + 1;
      return fetch(address, options);
    };
    const state = keepBuild({
      caches: caches as unknown as CacheStorage,
      fetch: host.fetch,
      scope,
      script: 'assets/part-0.js',
      used: async () => () => true,
      idle: async () => void moments++,
      onProgress() {},
    });
    expect(await state).toEqual({ state: 'kept', bytes: bytes(host.files) });
    // The list; forty-one small files; the large one; the last.
    expect(asked).toEqual([1, 32, 9, 1, 1]);
  });

  it('fetches once what lies under two paths', async () => {
    host.files = { ...first, 'notice.txt': 'weights 1' };
    expect(await keep()).toEqual({ state: 'kept', bytes: bytes(host.files) });
    expect(host.asked).not.toContain('notice.txt');
    expect(await textOf('notice.txt')).toBe('weights 1');
  });

  it('goes on where a visit ended in the middle', async () => {
    const { fetch } = host;
    host.fetch = async (asked, options) => {
      if (String(asked).endsWith('same.wasm')) host.away = true;
      return fetch(asked, options);
    };
    expect(await keep()).toEqual({
      state: 'stopped',
      by: 'host',
      reason: 'its host cannot be reached, or has no assets/same.wasm any more',
    });
    host.fetch = fetch;
    host.away = false;
    host.asked.length = 0;
    expect(await keep()).toMatchObject({ state: 'kept' });
    expect(host.asked).toEqual(['files.json', 'assets/same.wasm', 'networks/a/weights.bin']);
  });

  it('is known to be whole without a network', async () => {
    await keep();
    host.away = true;
    expect(await keep()).toEqual({ state: 'kept', bytes: bytes(first) });
  });

  it('takes nothing that is not what the list says', async () => {
    const list = host.list();
    host.list = () => list;
    host.files = { ...first, 'assets/study-1.js': 'study of another build' };
    expect(await keep()).toMatchObject({ state: 'stopped', reason: expect.stringContaining('study-1.js') });
    expect(await textOf('assets/study-1.js')).toBeUndefined();
  });

  it('ends with its reason where there is no more room', async () => {
    caches.full = new DOMException('', 'QuotaExceededError');
    expect(await keep()).toEqual({
      state: 'stopped',
      by: 'store',
      reason: 'this browser gives the page no more room to keep things in',
    });
  });

  it('leaves a newer build on the host to the page that belongs to it', async () => {
    host.files = second;
    expect(await keep('assets/index-1.js')).toEqual({ state: 'newer' });
    expect(caches.addresses()).toEqual([]);
  });
});

describe('a newer build', () => {
  beforeEach(async () => {
    await keep();
    host.files = second;
  });

  it('takes the place of the one before, whose files go', async () => {
    expect(await keep('assets/index-2.js')).toMatchObject({ state: 'kept' });
    expect(await textOf('networks/a/weights.bin')).toBe('weights 2');
    expect(await textOf('assets/study-1.js')).toBeUndefined();
    // A list and four files.
    expect(caches.addresses()).toHaveLength(5);
  });

  it('leaves the files of the one before while a page of that is open', async () => {
    open = ['assets/index-1.js'];
    await keep('assets/index-2.js');
    expect(await textOf('assets/study-1.js')).toBe('study 1');
    open = [];
    await keep('assets/index-2.js');
    expect(await textOf('assets/study-1.js')).toBeUndefined();
  });

  it('is what opens without a network only when it is whole', async () => {
    const page = async () => (await kept().findPage())?.text();
    const { fetch } = host;
    host.fetch = async (asked, options) => {
      if (String(asked).endsWith('weights.bin')) host.away = true;
      return fetch(asked, options);
    };
    await keep('assets/index-2.js');
    expect(await page()).toBe('page of 1');
    host.fetch = fetch;
    host.away = false;
    await keep('assets/index-2.js');
    expect(await page()).toBe('page of 2');
  });

  it('takes nothing away from other pages of the host', async () => {
    const other = new FakeHost('https://host/other/', first);
    const keepOther = () =>
      keepBuild({
        caches: caches as unknown as CacheStorage,
        fetch: other.fetch,
        scope: other.scope,
        script: 'assets/index-1.js',
        used: async () => () => false,
        idle: async () => {},
        onProgress() {},
      });
    await keepOther();
    await keep('assets/index-2.js');
    const kept = keptBuilds(caches as unknown as CacheStorage, other.scope);
    expect(await (await kept.find('assets/study-1.js'))?.text()).toBe('study 1');
  });
});
