import { describe, expect, it } from 'vitest';
import { costOf } from '../../training/architecture/training-cost';
import { mergeSearches } from '../merge-searches';
import { nextMove, runEnd } from '../next-move';
import { createSearch } from '../search';
import { parseSearch, type SearchFile, serialiseSearch } from '../search-file';
import { runOf, runsOf } from '../search-runs';
import { outcomeWords, whyWords } from '../search-sentences';
import { GIVEN, type Scenes, type SearchOptions, type SearchState, type TriedNetwork } from '../search-state';
import { exampleState, profileOf, runToEnd, smallVgg, trainerIn, type World } from '../search-testing';
import { costGone } from './choose-filters';
import { filterLayout } from './filter-groups';
import type { FilterMeasures } from './filter-measures';
import { withoutFilters } from './without-filters';

const filterOptions: Partial<SearchOptions> = {
  unit: 'filters',
  shrink: { cut: 0.2, most: 0.5 },
  tolerance: 0.02,
};

/** Falls beyond the null: a2 0.1, b1 0.3, b2 0.05, b3 0.5, c1 0.4, c2 0.6. */
const profile = profileOf({
  a1: [4, 4],
  a2: [3.9, 4],
  b1: [3.6, 4],
  b2: [3.55, 4],
  b3: [3.05, 4],
  c1: [2.65, 4],
  c2: [2.05, 4],
});

/** Of every group: the higher its number, the smaller a filter's measures, but for its signs. */
const measures = (move: Parameters<World>[1]): FilterMeasures[] =>
  filterLayout(move.architecture).groups.map(({ name, filters }, place) => {
    const falling = Array.from({ length: filters }, (_, i) => (filters - i) / (1 + place));
    return {
      group: name,
      norm: falling,
      scale: falling.map((value) => value * 2),
      taylor: falling.map((value) => value ** 2),
      structure: falling,
      signs: falling.map((_, i) => (i === filters - 1 ? 1 : 0)),
    };
  });

const world =
  (accuracy: (move: Parameters<World>[1]) => number): World =>
  (_, move) => ({ accuracy: accuracy(move), profile, filters: measures(move) });

const begun = (options: Partial<SearchOptions> = {}) => exampleState({ ...filterOptions, ...options });

async function searched(state: SearchState, accuracy: (move: Parameters<World>[1]) => number = () => 0.9) {
  const search = createSearch(state, new Map(), trainerIn(world(accuracy)));
  await runToEnd(search);
  return search;
}

const firstStep = async (options: Partial<SearchOptions>) => {
  const { state } = await searched(begun({ ...options, budget: { kind: 'trainings', trainings: 1 } }));
  return state.networks.find(({ role }) => role === 'step') as TriedNetwork;
};

describe('a step that takes filters', () => {
  it('takes those of least structure and fewest signs from the layer of least superization', async () => {
    const { change } = await firstStep({ shrink: { cut: 0.001, most: 0.5 } });
    // By structure the sixth filter comes first, but it carries the signs: places 1/12 and 11/12, against 3/12 and 5/12 of the fifth.
    expect(change?.filters).toEqual([{ group: 'b2', filters: [4] }]);
    expect(change?.candidates.map(({ block }) => block)).toEqual(['b2', 'a2', 'b1', 'c1', 'b3', 'c2', 'a1']);
    expect(change?.candidates[0].rank).toBeCloseTo(0.05, 9);
    expect(change?.step?.fall).toBeCloseTo(0.05, 9);
  });

  it('goes on to the next layer, of none more than allowed, until the cut is reached', async () => {
    const { change, architecture } = await firstStep({});
    const gone = costGone(costOf(smallVgg), costOf(architecture));
    expect(gone).toBeGreaterThanOrEqual(0.2);
    const [first, second] = change?.filters ?? [];
    expect([first.group, first.filters.length]).toEqual(['b2', 3]);
    expect(second.group).toBe('a2');
    // One filter less would not do.
    const last = change?.filters?.at(-1)?.filters.length ?? 0;
    expect(last).toBeGreaterThan(0);
  });

  it.each([
    ['parameters', 'multiplyAdds'],
    ['multiply-adds', 'parameters'],
  ] as const)('reaches the cut in %s alone where that is asked for', async (of, other) => {
    const { change, architecture } = await firstStep({ shrink: { cut: 0.2, of, most: 0.5 } });
    const before = costOf(smallVgg);
    const share = (of: 'parameters' | 'multiplyAdds', { [of]: after } = costOf(architecture)) =>
      1 - after / before[of];
    const asked = of === 'parameters' ? 'parameters' : 'multiplyAdds';
    expect(share(asked)).toBeGreaterThanOrEqual(0.2);
    expect(share(asked)).not.toBeCloseTo(share(other), 2);
    // Without the last filter it would not be reached.
    const filters = (change?.filters ?? []).map(({ group, filters: own }) => [group, own] as const);
    const [group, own] = filters[filters.length - 1];
    const one = withoutFilters(smallVgg, new Map([...filters.slice(0, -1), [group, own.slice(0, -1)]]));
    expect(1 - costOf(one)[asked] / before[asked]).toBeLessThan(0.2);
  });

  it.each([
    ['l1', 'c2'],
    ['scale', 'c2'],
    ['taylor', 'c2'],
    // From 6 to 8 channels, read by 8 filters: 54 + 72 weights go with each.
    ['parameters', 'c1'],
  ] as const)('by %s begins in %s', async (order, group) => {
    const { change } = await firstStep({ orders: [order], shrink: { cut: 0.001, most: 0.5 } });
    expect(change?.filters?.map((each) => each.group)).toEqual([group]);
    if (order !== 'parameters') expect(change?.filters?.[0].filters).toEqual([7]);
  });

  it('takes the same share of every layer where all widths shrink alike', async () => {
    const { architecture } = await firstStep({ orders: ['uniform'], shrink: { cut: 0.9, most: 0.5 } });
    expect(architecture.stages.map(({ blocks }) => blocks.map(({ width }) => width))).toEqual([
      [2, 2],
      [3, 3, 3],
      [4, 4],
    ]);
  });

  it('draws by seed and step where it goes by chance', async () => {
    const filters = async (seed: number) =>
      (await firstStep({ orders: ['random'], seeds: [seed] })).change?.filters;
    expect(await filters(1)).toEqual(await filters(1));
    expect(await filters(1)).not.toEqual(await filters(2));
  });

  it('says what goes and why', async () => {
    const network = await firstStep({ shrink: { cut: 0.001, most: 0.5 } });
    expect(whyWords(network, begun().options)).toBe(
      'Take out 1 filter of b2: least superization; its entropy falls by 0.050, that of its null model falls by 0.000.',
    );
    expect(outcomeWords(network, { validation: { accuracy: 0.9, loss: 1 } })).toContain('they stay out.');
  });
});

describe('after a step is put back', () => {
  const refusing = () => searched(begun(), ({ role }) => (role === 'reference' ? 0.9 : 0.5));

  it('the next one takes half as much, until single layers are known that are needed', async () => {
    const { state } = await refusing();
    const steps = state.networks.filter(({ role }) => role === 'step');
    const gone = steps.map(({ architecture }) => costGone(costOf(smallVgg), costOf(architecture)));
    expect(steps[0].change?.filters?.length).toBeGreaterThan(1);
    expect(gone[1]).toBeLessThan(gone[0]);
    const [run] = runsOf(state);
    expect(run.current.role).toBe('reference');
    expect([...run.refused].sort()).toEqual(['a1', 'a2', 'b1', 'b2', 'b3', 'c1', 'c2']);
    expect(runEnd(state, run)).toBe('no-candidate');
    expect(steps.length).toBeLessThan(20);
  });

  it('the network before it stays, and is measured no more', async () => {
    const { state } = await refusing();
    for (const { parent, verdict } of state.networks.slice(1)) {
      expect([parent, verdict]).toEqual(['1/reference', 'rejected']);
    }
  });
});

describe('the training at last', () => {
  const short = { finalEpochs: 5, budget: { kind: 'trainings', trainings: 1 } } as const;

  it('takes up what a run has come to, for as many epochs, and is taken where it is no worse', async () => {
    const { state, weights } = await searched(begun(short), ({ role }) => (role === 'final' ? 0.95 : 0.9));
    const [, step, final] = state.networks;
    expect(final).toMatchObject({ id: '1/semiotic/final', role: 'final', parent: step.id, verdict: 'kept' });
    expect(final.recipe.epochs).toBe(5);
    expect(final.parameters).toBe(step.parameters);
    const run = runOf(state, 1, 'semiotic');
    expect(run?.current.id).toBe(final.id);
    expect(run?.steps).toEqual([step]);
    expect(weights.has(final.id)).toBe(true);
    expect(whyWords(final, state.options)).toBe('5 epochs more of what was found.');
  });

  it('is put back where it is worse, and left out where nothing was found', async () => {
    const worse = await searched(begun(short), ({ role }) => (role === 'final' ? 0.89 : 0.9));
    expect(runOf(worse.state, 1, 'semiotic')?.current.role).toBe('step');
    const nothing = await searched(begun(short), ({ role }) => (role === 'reference' ? 0.9 : 0.1));
    expect(nothing.state.networks.map(({ role }) => role)).toEqual(['reference', 'step']);
  });
});

describe('a reference that is given', () => {
  it('begins with its weights, is trained for no epoch, and its weights are freed behind it', async () => {
    const state = begun({ referenceEpochs: 0, budget: { kind: 'trainings', trainings: 1 } });
    const given = [{ name: 'logits/bias', shape: [3], values: Float32Array.of(1, 2, 3) }];
    const trainer = trainerIn(world(() => 0.9));
    const search = createSearch(state, new Map([[GIVEN, given]]), trainer);
    await runToEnd(search);
    expect(trainer.asked[0].move).toMatchObject({ from: GIVEN, recipe: { epochs: 0 } });
    expect(trainer.asked[0].start).toEqual([]);
    expect(search.weights.has(GIVEN)).toBe(false);
    await expect(createSearch(state, new Map(), trainer).advance()).rejects.toThrow(
      'its weights are missing',
    );
  });
});

describe('a search in parts', () => {
  const orders: SearchOptions['orders'] = ['semiotic', 'l1', 'uniform'];
  const whole = () => begun({ orders, seeds: [1, 2], budget: { kind: 'trainings', trainings: 2 } });
  const part = async (index: number, of: number): Promise<SearchFile> => {
    const { state, weights } = await searched({ ...whole(), shard: { index, of } });
    return parseSearch(serialiseSearch({ state, weights, made: `2026-03-0${index}T00:00:00.000Z` }));
  };

  it('is the whole one when its parts are merged', async () => {
    const parts = new Map<string, SearchFile>();
    for (const index of [1, 2, 3, 4]) parts.set(`${index}.json`, await part(index, 4));
    const merged = mergeSearches(parts);
    const all = await searched(whole());
    const inOrder = (state: SearchState) => [...state.networks].sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(inOrder(merged.state)).toEqual(inOrder(all.state));
    expect([...merged.weights.keys()].sort()).toEqual(expect.arrayContaining([...all.weights.keys()].sort()));
    expect(nextMove(merged.state)).toBeNull();
    expect(merged.state.shard).toBeNull();
    expect(merged.made).toBe('2026-03-04T00:00:00.000Z');
  });

  it('goes on where a part is missing', async () => {
    const merged = mergeSearches(new Map([['1.json', await part(1, 4)]]));
    expect(nextMove(merged.state)?.id).toBe('1/l1/1');
  });

  it('takes the scenes of another part where an early file does not hold its own', async () => {
    const [one, two] = [await part(1, 4), await part(2, 4)];
    const scenes: Scenes = { kind: 'pictographs', seed: 1, train: 32, heldOut: 40, endless: true };
    const files = (early: SearchState['scenes']) =>
      new Map([
        ['1.json', { ...one, state: { ...one.state, scenes: early } }],
        ['2.json', { ...two, state: { ...two.state, scenes } }],
      ]);
    expect(mergeSearches(files(null)).state.scenes).toEqual(scenes);
    expect(() => mergeSearches(files({ ...scenes, seed: 2 }))).toThrow('2.json is of another search');
  });

  it('is refused where the parts are of two searches, or judged by two references', async () => {
    const [one, other] = [await part(1, 3), await part(2, 3)];
    const tolerant = {
      ...other,
      state: { ...other.state, options: { ...other.state.options, tolerance: 0.5 } },
    };
    const files = (second: SearchFile) =>
      new Map([
        ['a', one],
        ['b', second],
      ]);
    expect(() => mergeSearches(files(tolerant))).toThrow('b is of another search than a');
    expect(() => mergeSearches(files(one))).toThrow('is in a and in b: each part once');
    const lower = structuredClone(other.state);
    lower.networks[0].validation.accuracy = 0.88;
    expect(() => mergeSearches(files({ ...other, state: lower }))).toThrow(
      '1/reference names 90.00 % right in a, but 88.00 % in b',
    );
  });
});
