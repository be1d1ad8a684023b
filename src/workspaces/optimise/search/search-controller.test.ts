// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { act, createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, expect, it, vi } from 'vitest';
import { createSearch, type Search } from '../../../search/search';
import { serialiseSearch } from '../../../search/search-file';
import type { SearchMethods } from '../../../search/search-methods';
import { exampleState, trainerIn } from '../../../search/search-testing';

const disk = vi.hoisted(() => ({ isFull: false }));

vi.mock('../training/kept-runs', async (original) => {
  const real = await original<typeof import('../training/kept-runs')>();
  const keepValue: typeof real.keepValue = (...value) =>
    disk.isFull
      ? Promise.reject(new DOMException('No space.', 'QuotaExceededError'))
      : real.keepValue(...value);
  return { ...real, keepValue };
});

/** A worker that searches as it should, and whose every network names nine of ten right. */
vi.mock('../../../engine/engine-client', () => {
  const unused = { call: () => Promise.reject(new Error('not part of this test')) };
  const open: { search: Search | null } = { search: null };
  const current = () => open.search as Search;
  const methods: Record<string, (request: SearchMethods['openSearch']['request']) => unknown> = {
    openSearch: ({ state, weights }) => {
      open.search = createSearch(state, new Map(weights.map((each) => [each.network, each.weights])), alike);
      const backend = { name: 'wasm', reason: '', adapter: null, threads: 1 };
      return { data: {}, backend, next: current().next() };
    },
    advanceSearch: async () => ({ network: await current().advance(), next: current().next(), held: [] }),
    searchWeights: () => [...current().weights].map(([network, weights]) => ({ network, weights })),
    closeSearch: () => null,
  };
  return {
    trainer: { call: async (method: string, request: never) => methods[method](request) },
    ...{ engine: unused, measures: unused, signFinder: unused },
  };
});

const alike = trainerIn(() => ({ accuracy: 0.9 }));

async function fresh() {
  vi.resetModules();
  const { startSearch, resumeSearch, openSearchFile } = await import('./search-controller');
  const { useSearch } = await import('./search-store');
  const { keptRuns } = await import('../training/kept-runs');
  const { useOptimise } = await import('../optimise-store');
  // Of the reference, and one network of each of four orders.
  useOptimise.setState(({ settings }) => ({ settings: { ...settings, trainings: 1 } }));
  return { startSearch, resumeSearch, openSearchFile, search: useSearch, kept: () => keptRuns('search') };
}

beforeEach(() => {
  Object.defineProperty(window, 'matchMedia', {
    value: () => ({ addEventListener() {} }),
    configurable: true,
  });
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.stubGlobal('indexedDB', new IDBFactory());
  sessionStorage.clear();
  disk.isFull = false;
});

it('a search that is over is kept', async () => {
  const { startSearch, search, kept } = await fresh();
  await startSearch();
  expect(search.getState()).toMatchObject({ phase: 'over', note: 'The search is over.' });
  expect((await kept()).map(({ state }) => state)).toEqual(['5 networks tried']);
});

it('on a full disk a search goes on to its end, and says at the end too that it is not kept', async () => {
  disk.isFull = true;
  const { startSearch, search, kept } = await fresh();
  const before = await kept();
  await startSearch();
  const { phase, note, state } = search.getState();
  expect([phase, state?.networks.length]).toEqual(['over', 5]);
  expect(note).toBe(
    'The search is over. The search cannot be kept for another visit: this browser gives the page no more room to keep things in.',
  );
  expect(await kept()).toEqual(before);
});

/** A file of a search by one order for three networks at most. @param tried so many of which it has */
async function fileOf(tried: number): Promise<Blob> {
  const scenes = { kind: 'pictographs', seed: 1, train: 8, heldOut: 4 } as const;
  const state = { ...exampleState({ budget: { kind: 'trainings', trainings: 2 } }), scenes };
  const search = createSearch(state, new Map(), alike);
  for (let i = 0; i < tried; i += 1) await search.advance();
  return new Response(serialiseSearch({ ...search, made: '2026-01-01T00:00:00Z' })).blob();
}

it('a search from a file is gone on with, and kept from then on', async () => {
  const { openSearchFile, resumeSearch, search, kept } = await fresh();
  const { RunBar } = await import('../training/RunBar');
  const place = document.createElement('div');
  const root = createRoot(place);
  await act(async () => root.render(createElement(RunBar)));
  await act(async () => openSearchFile(await fileOf(2), 'half.json'));
  expect(search.getState()).toMatchObject({ phase: 'stopped', id: null });
  expect(place.textContent).toContain('Resume search');
  await act(resumeSearch);
  expect(search.getState().phase).toBe('over');
  expect((await kept()).map(({ state }) => state)).toContain('3 networks tried');

  // Of one that is over there is nothing to go on with.
  await act(async () => openSearchFile(await fileOf(3), 'whole.json'));
  expect(search.getState().phase).toBe('over');
  expect(place.textContent).not.toContain('Resume search');
  await act(async () => root.unmount());
});
