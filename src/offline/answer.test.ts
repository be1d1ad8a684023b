import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answer } from './answer';
import { keepBuild } from './keep-build';
import { FakeCaches, FakeHost } from './offline-testing';

const scope = 'https://host/page/';
const files = {
  'index.html': 'page of 1',
  'assets/index-1.js': 'script 1',
  'networks/a/weights.bin': 'weights 1',
};

let caches: FakeCaches;
let host: FakeHost;
let later: Promise<unknown>[];

beforeEach(() => {
  caches = new FakeCaches();
  host = new FakeHost(scope, files);
  later = [];
});

afterEach(() => vi.useRealTimers());

async function ask(path: string, mode: RequestMode = 'no-cors', integrity = ''): Promise<Response> {
  const request = { url: scope + path, mode, integrity } as Request;
  return answer(request, {
    caches: caches as unknown as CacheStorage,
    fetch: (asked) => host.fetch(asked),
    scope,
    later: (work) => void later.push(work),
  });
}

/** Asks, and waits until what was to be done afterwards is done. */
async function text(path: string, mode?: RequestMode): Promise<string> {
  const response = await ask(path, mode);
  const answer = await response.text();
  await Promise.all(later);
  return answer;
}

const keep = (script = 'assets/index-1.js') =>
  keepBuild({
    caches: caches as unknown as CacheStorage,
    fetch: host.fetch,
    scope,
    script,
    used: async () => () => true,
    idle: async () => {},
    onProgress() {},
  });

describe('the service worker', () => {
  it('isolates the page and all its files, from the network as from what is kept', async () => {
    const headers = async (path: string, mode?: RequestMode) => {
      const response = await ask(path, mode);
      return ['Cross-Origin-Opener-Policy', 'Cross-Origin-Embedder-Policy'].map((name) =>
        response.headers.get(name),
      );
    };
    const isolated = ['same-origin', 'require-corp'];
    expect(await headers('', 'navigate')).toEqual(isolated);
    expect(await headers('assets/index-1.js')).toEqual(isolated);
    await keep();
    host.away = true;
    expect(await headers('', 'navigate')).toEqual(isolated);
    expect(await headers('assets/index-1.js')).toEqual(isolated);
  });

  it('has what it has seen when the network is gone, before the build is kept whole', async () => {
    await text('', 'navigate');
    await text('assets/index-1.js');
    host.away = true;
    expect(await text('?a=b#explain', 'navigate')).toBe('page of 1');
    expect(await text('assets/index-1.js')).toBe('script 1');
    await expect(ask('networks/a/weights.bin')).rejects.toThrow('Failed to fetch');
  });

  it('shows a new version at once, and finds the files of the old one for pages that are open', async () => {
    await keep();
    host.files = { 'index.html': 'page of 2', 'assets/index-2.js': 'script 2' };
    expect(await text('', 'navigate')).toBe('page of 2');
    expect(await text('assets/index-2.js')).toBe('script 2');
    expect(await text('assets/index-1.js')).toBe('script 1');
    expect(await text('networks/a/weights.bin')).toBe('weights 1');
  });

  it('asks the host for no file whose name holds its hash and that is kept', async () => {
    await keep();
    host.asked.length = 0;
    expect(await text('assets/index-1.js')).toBe('script 1');
    expect(host.asked).toEqual([]);
    expect(await text('networks/a/weights.bin')).toBe('weights 1');
    expect(host.asked).toEqual(['networks/a/weights.bin']);
  });

  it('waits for a network that does not answer only where nothing is kept', async () => {
    await keep();
    host.silent = true;
    vi.useFakeTimers();
    const coming = text('', 'navigate');
    await vi.advanceTimersByTimeAsync(5000);
    expect(await coming).toBe('page of 1');
  });

  it('opens from what is kept where the host is in trouble, and believes it where the page is gone', async () => {
    await keep();
    const { fetch } = host;
    const status = (code: number) => {
      host.fetch = async (asked) => new Response('', { status: code, headers: (await fetch(asked)).headers });
    };
    status(503);
    expect(await text('', 'navigate')).toBe('page of 1');
    status(410);
    expect((await ask('', 'navigate')).status).toBe(410);
  });

  it.each([
    ['full', () => (caches.full = new DOMException('', 'QuotaExceededError'))],
    ['forbidden', () => (caches.forbidden = new DOMException('', 'SecurityError'))],
  ])('passes on what the network gives where its store is %s', async (_, arrange) => {
    arrange();
    expect(await text('', 'navigate')).toBe('page of 1');
    expect(await text('assets/index-1.js')).toBe('script 1');
    // Also on the next loading.
    expect(await text('', 'navigate')).toBe('page of 1');
  });

  it('passes on what the network gives where its store never answers', async () => {
    caches.silent = true;
    vi.useFakeTimers();
    const coming = Promise.all([ask('', 'navigate'), ask('assets/index-1.js')]);
    await vi.advanceTimersByTimeAsync(3000);
    const [page, script] = await coming;
    expect([await page.text(), await script.text()]).toEqual(['page of 1', 'script 1']);
  });

  it('does not keep the page in place of a file that is missing, as some hosts answer', async () => {
    host.fetch = async () => {
      const page = new Response('page of 1', { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
      return Object.defineProperty(page, 'type', { value: 'basic' });
    };
    await text('assets/gone-0.js');
    expect(caches.addresses()).toEqual([]);
  });

  it('hands redirects through as they are', async () => {
    const redirect = Object.defineProperties(new Response(null), {
      type: { value: 'opaqueredirect' },
      status: { value: 0 },
    });
    host.fetch = async () => redirect;
    expect(await ask('', 'navigate')).toBe(redirect);
  });
});
