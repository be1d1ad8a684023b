import { describe, expect, it, vi } from 'vitest';
import { pictographClasses } from '../pictographs';
import type { Task } from '../rpc/serve';
import { beginSearch } from './begin-search';
import { nextMove, recorded } from './next-move';
import { createSearcher } from './search-handlers';
import type { SearchState } from './search-state';
import { exampleOptions, exampleRecipe, smallVgg } from './search-testing';

// The self-test of backends has tests of its own, and takes longer than a search as small as this.
vi.mock('../backend/trusted', () => ({ isTrusted: async () => true, trust: async () => {} }));

const state = (): SearchState =>
  beginSearch({
    options: {
      ...exampleOptions,
      referenceEpochs: 1,
      epochs: 1,
      budget: { kind: 'trainings', trainings: 1 },
    },
    architecture: {
      ...smallVgg,
      classes: 10,
      stages: [{ ...smallVgg.stages[0], blocks: smallVgg.stages[0].blocks.slice(0, 1) }, smallVgg.stages[2]],
    },
    recipe: exampleRecipe,
    labels: [...pictographClasses],
    source: 'scenes',
    scenes: null,
  });

const data = { kind: 'pictographs', seed: 1, train: 20, heldOut: 20 } as const;

const task = <Progress>(told: Progress[] = [], signal = new AbortController().signal): Task<Progress> => ({
  signal,
  report: (progress) => void told.push(progress),
  checkpoint: async () => signal.throwIfAborted(),
});

describe('what the training worker answers about a search', () => {
  it('is one network a time, with its weights, until nothing is left', async () => {
    const searcher = createSearcher();
    let known = state();
    const opened = await searcher.openSearch({ backend: 'cpu', data, state: known, weights: [] }, task());
    expect(opened.result.backend.name).toBe('cpu');
    expect(opened.result.next).toEqual(nextMove(known));
    for (let move = nextMove(known); move; move = nextMove(known)) {
      const told: { text: string }[] = [];
      const { result } = await searcher.advanceSearch({}, task(told));
      expect(told[0].text).toBe('Epoch 1 of 1');
      expect(result.network?.id).toBe(move.id);
      if (!result.network) break;
      known = recorded(known, move, result.network);
      expect(known.networks.at(-1)).toEqual(result.network);
      expect(result.next).toEqual(nextMove(known));
      expect(result.held).toContain('1/reference');
    }
    expect(known.networks.map(({ id }) => id)).toEqual(['1/reference', '1/semiotic/1']);
    expect((await searcher.advanceSearch({}, task())).result).toMatchObject({ network: null, next: null });
    const weights = (await searcher.searchWeights({ networks: 'all' }, task())).result;
    expect(weights.map(({ network }) => network)).toContain('1/reference');
    await expect(searcher.searchWeights({ networks: ['1/l1/1'] }, task())).rejects.toThrow('not held');

    // Another worker goes on from the state with these weights.
    const longer = {
      ...known,
      options: { ...known.options, budget: { kind: 'trainings' as const, trainings: 2 } },
    };
    const other = createSearcher();
    const again = await other.openSearch({ backend: 'cpu', data, state: longer, weights }, task());
    expect(again.result.next?.id).toBe('1/semiotic/2');
    expect((await other.advanceSearch({}, task())).result.network?.id).toBe('1/semiotic/2');
  });

  it('is given up at once, and can then be gone on with', async () => {
    const searcher = createSearcher();
    await searcher.openSearch({ backend: 'cpu', data, state: state(), weights: [] }, task());
    const cancelled = AbortSignal.abort();
    await expect(searcher.advanceSearch({}, task([], cancelled))).rejects.toThrow(/abort/i);
    expect((await searcher.advanceSearch({}, task())).result.network?.id).toBe('1/reference');
  });

  it('is refused for other pictures, and where none is open', async () => {
    const searcher = createSearcher();
    await expect(searcher.advanceSearch({}, task())).rejects.toThrow('No search is open.');
    const strange = { ...state(), labels: Array.from({ length: 10 }, (_, i) => `kind ${i}`) };
    await expect(
      searcher.openSearch({ backend: 'cpu', data, state: strange, weights: [] }, task()),
    ).rejects.toThrow(/^The search tells apart kind 0, .* but these pictures are of face, house/);
    await searcher.closeSearch({}, task());
    await expect(searcher.searchWeights({ networks: 'all' }, task())).rejects.toThrow('No search is open.');
  });
});
