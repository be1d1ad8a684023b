import { describe, expect, it } from 'vitest';
import { withoutBlock } from '../../../search/removals';
import type { Move, SearchOrder, SearchState, TriedNetwork } from '../../../search/search-state';
import { smallVgg } from '../../../search/search-testing';
import { costOf } from '../../../training/architecture/training-cost';
import type { LayerProfile } from '../../../training/training-methods';
import {
  bestInWords,
  profileLayers,
  searchFrontData,
  searchLog,
  searchProfilesData,
  searchTreeData,
  summaryRows,
} from './search-view';

const layer = (name: string, entropy: number): LayerProfile => ({ name, entropy, null: 1, error: null });

const recipe = { epochs: 1, seed: 1 } as Move['recipe'];

function tried(
  id: string,
  removed: string[],
  {
    order = 'semiotic',
    verdict = 'kept',
    accuracy = 0.9,
    parent = '1/reference',
  }: {
    order?: SearchOrder | null;
    verdict?: TriedNetwork['verdict'];
    accuracy?: number;
    parent?: string | null;
  } = {},
): TriedNetwork {
  const architecture = removed.reduce(withoutBlock, smallVgg);
  const block = removed.at(-1);
  return {
    id,
    seed: 1,
    order,
    role: block ? 'step' : 'reference',
    parent: block ? parent : null,
    architecture,
    change: block
      ? { kind: 'remove', block, stage: 1, candidates: [{ block, stage: 1, rank: 0.1 }], step: null }
      : null,
    from: null,
    recipe,
    ...costOf(architecture),
    validation: { accuracy, loss: 1 },
    test: { accuracy: accuracy - 0.01, loss: 1 },
    profile: [layer('a1', 0.9), layer('b1', 0.7)],
    filterNorms: [],
    latency: 2,
    milliseconds: 60_000,
    verdict,
  };
}

const reference = tried('1/reference', [], { order: null, verdict: 'reference', accuracy: 0.95 });
const kept = tried('1/semiotic/1', ['b2'], { accuracy: 0.94 });
const refused = tried('1/semiotic/2', ['b2', 'a1'], { verdict: 'rejected', accuracy: 0.5, parent: kept.id });
const control = tried('1/random/1', ['b3'], { order: 'random', verdict: 'rejected', accuracy: 0.6 });

const state: SearchState = {
  options: {
    direction: 'prune',
    unit: 'blocks',
    shrink: { cut: 0.2, most: 0.5 },
    distillation: null,
    finalEpochs: 0,
    tolerance: 0.02,
    budget: { kind: 'trainings', trainings: 2 },
    referenceEpochs: 1,
    epochs: 1,
    warmStart: false,
    warmLearningRate: 0.5,
    profile: {
      pictures: 1,
      method: 'grad-cam',
      measure: 'aura-matrix',
      levels: 16,
      grid: 'input',
      shuffles: 1,
    },
    beyondNull: true,
    orders: ['semiotic', 'random'],
    seeds: [1],
  },
  architecture: smallVgg,
  recipe,
  labels: ['a', 'b', 'c'],
  source: 'test',
  backend: null,
  networks: [reference, kept, refused, control],
  scenes: null,
  shard: null,
};

describe('what is drawn of a search', () => {
  it('shares the reference among the orders of a seed, each network behind the one it was made from', () => {
    const { runs } = searchTreeData(state, null, null);
    expect(runs.map(({ strategy, networks }) => [strategy.title, networks.length])).toEqual([
      ['Least superization', 3],
      ['Random order', 2],
    ]);
    expect(runs[0].networks.map(({ parent, kept, change }) => [parent, kept, change])).toEqual([
      [null, true, ''],
      [0, true, '− b2'],
      [1, false, '− a1'],
    ]);
    expect(searchTreeData(state, null, 2).runs).toEqual([]);
  });

  it('shows the network that is trained now', () => {
    const next: Move = { ...tried('1/random/2', ['b1'], { order: 'random' }) };
    const [, random] = searchTreeData(state, next, 1).runs;
    expect(random.networks.at(-1)).toMatchObject({ accuracy: null, kept: null, change: '− b1', parent: 0 });
    expect(searchLog(state, next).at(-1)).toMatchObject({ outcome: null, kept: null });
  });

  it('draws the test part, on fronts that the validation part chose', () => {
    const { points, fronts } = searchFrontData(state, 'parameters');
    expect(points).toHaveLength(3 + 2);
    const percent = ({ accuracy }: { accuracy: number }) => Math.round(accuracy * 100);
    expect(points.map(percent)).toEqual([94, 93, 49, 94, 59]);
    expect(points.filter(({ first }) => first)).toHaveLength(2);
    // Of the method: from the smallest on, each more accurate than what costs less.
    expect(fronts[0].map(percent)).toEqual([49, 93, 94]);
  });

  it('tells every step with its outcome', () => {
    const lines = searchLog(state, null);
    expect(lines.map(({ where }) => where)).toEqual([
      'seed 1',
      'seed 1, least superization',
      'seed 1, least superization',
      'seed 1, random order',
    ]);
    expect(lines[2].outcome).toContain('put back');
    expect(lines[2].kept).toBe(false);
  });

  it('compares the best network with the whole one, without flattery', () => {
    const fewer = Math.round((1 - kept.parameters / reference.parameters) * 100);
    expect(bestInWords(state)).toBe(
      `The smallest network within the tolerance has ${kept.parameters.toLocaleString('en')} parameters, ${fewer} % fewer than the whole one, and names 93.0 % of the test pictures right, 1.0 points less.`,
    );
    expect(bestInWords({ ...state, networks: [reference, control] })).toContain('nothing smaller');
    expect(bestInWords({ ...state, networks: [] })).toBeNull();
  });

  it('has a row for the reference and for every order', () => {
    expect(summaryRows(state).map(({ order, trainings }) => [order, trainings])).toEqual([
      ['Reference', '1.0'],
      ['Least superization', '2.0'],
      ['Random order', '1.0'],
    ]);
  });

  it('puts the layers of both profiles in the order of their depth', () => {
    const names = (before: string[], after: string[]) =>
      profileLayers(
        before.map((name) => layer(name, 0.5)),
        after.map((name) => layer(name, 0.4)),
      ).map(({ name, before: old, after: young }) => `${old ? '' : '+'}${young ? '' : '-'}${name}`);
    expect(names(['a', 'b', 'c'], ['a', 'c'])).toEqual(['a', '-b', 'c']);
    expect(names(['a', 'c'], ['a', 'b', 'c', 'd'])).toEqual(['a', '+b', 'c', '+d']);
    expect(searchProfilesData(state, 1)?.layers.map(({ name }) => name)).toEqual(['a1', 'b1']);
    expect(searchProfilesData({ ...state, networks: [reference] }, 1)).toBeNull();
  });
});
