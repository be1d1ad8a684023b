// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import type { Measurement, TriedNetwork } from '../../../search/search-state';

const disk = vi.hoisted(() => ({ isFull: false }));

vi.mock('../training/kept-runs', async (original) => {
  const real = await original<typeof import('../training/kept-runs')>();
  const keepValue: typeof real.keepValue = (...value) =>
    disk.isFull
      ? Promise.reject(new DOMException('No space.', 'QuotaExceededError'))
      : real.keepValue(...value);
  return { ...real, keepValue };
});

const score = { accuracy: 0.9, loss: 0.3 };
const measured: Measurement = {
  ...{ validation: score, test: score, profile: [], filterNorms: [], latency: 1, milliseconds: 5 },
};

/** A worker whose search is over after its reference. */
vi.mock('../../../engine/engine-client', () => {
  const unused = { call: () => Promise.reject(new Error('not part of this test')) };
  const methods: Record<string, () => unknown> = {
    openSearch: () => ({
      data: {},
      backend: { name: 'wasm', reason: '', adapter: null, threads: 1 },
      next: { id: '1/reference' },
    }),
    advanceSearch: () => ({
      network: { ...measured, id: '1/reference', seed: 1, order: null, role: 'reference' } as TriedNetwork,
      next: null,
      held: [],
    }),
    searchWeights: () => [],
    closeSearch: () => null,
  };
  return {
    trainer: { call: async (method: string) => methods[method]() },
    ...{ engine: unused, measures: unused, signFinder: unused },
  };
});

async function fresh() {
  vi.resetModules();
  const { startSearch } = await import('./search-controller');
  const { useSearch } = await import('./search-store');
  const { keptRuns } = await import('../training/kept-runs');
  return { startSearch, search: useSearch, kept: () => keptRuns('search') };
}

beforeEach(() => {
  Object.defineProperty(window, 'matchMedia', {
    value: () => ({ addEventListener() {} }),
    configurable: true,
  });
  vi.stubGlobal('indexedDB', new IDBFactory());
  sessionStorage.clear();
  disk.isFull = false;
});

it('a search that is over is kept', async () => {
  const { startSearch, search, kept } = await fresh();
  await startSearch();
  expect(search.getState()).toMatchObject({ phase: 'over', note: 'The search is over.' });
  expect((await kept()).map(({ state }) => state)).toEqual(['1 network tried']);
});

it('on a full disk a search goes on to its end, and says at the end too that it is not kept', async () => {
  disk.isFull = true;
  const { startSearch, search, kept } = await fresh();
  const before = await kept();
  await startSearch();
  const { phase, note, state } = search.getState();
  expect([phase, state?.networks.length]).toEqual(['over', 1]);
  expect(note).toBe(
    'The search is over. The search cannot be kept for another visit: this browser gives the page no more room to keep things in.',
  );
  expect(await kept()).toEqual(before);
});
