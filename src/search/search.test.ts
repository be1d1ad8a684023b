import { describe, expect, it } from 'vitest';
import type { Architecture } from '../training/architecture/architecture';
import { beginSearch, searchDefaults } from './begin-search';
import { withoutFilters } from './filters/without-filters';
import { nextMove, runEnd } from './next-move';
import { addableBlocks, oneBlockAStage, removableBlocks } from './removals';
import { createSearch } from './search';
import { runOf } from './search-runs';
import { verdictWords } from './search-sentences';
import { SearchError, type SearchOptions } from './search-state';
import {
  exampleRecipe,
  exampleState,
  profileOf,
  runToEnd,
  smallVgg,
  story,
  trainerIn,
  type World,
} from './search-testing';

const namesOf = (blocks: { block: { name: string } }[]) => blocks.map(({ block }) => block.name);

async function searched(
  options: Partial<SearchOptions>,
  world: World,
  architecture: Architecture = smallVgg,
) {
  const trainer = trainerIn(world);
  const search = createSearch(exampleState(options, architecture), new Map(), trainer);
  await runToEnd(search);
  return { search, state: search.state, trainer };
}

describe('what may be changed', () => {
  it('is neither the first block nor the last of a stage that changes size', () => {
    expect(namesOf(removableBlocks(smallVgg))).toEqual(['b1', 'b2', 'c1', 'c2']);
  });
  it('is a residual block as a whole, and any block of a stage that shrinks by no pooling', () => {
    const architecture: Architecture = {
      ...smallVgg,
      stages: [
        {
          blocks: [
            { kind: 'convolution', name: 'stem', width: 4, size: 3 },
            { kind: 'residual', name: 'r1', width: 4 },
            { kind: 'residual', name: 'r2', width: 8 },
          ],
          shrink: 'stride',
        },
        { blocks: [{ kind: 'residual', name: 'r3', width: 8 }], shrink: 'none' },
      ],
    };
    expect(namesOf(removableBlocks(architecture))).toEqual(['r1', 'r3']);
  });
  it('is nothing without which the rest cannot be built', () => {
    const architecture: Architecture = {
      ...smallVgg,
      side: 8,
      padding: 'valid',
      batchNorm: false,
      stages: [
        {
          blocks: [
            { kind: 'convolution', name: 'a', width: 4, size: 3 },
            { kind: 'convolution', name: 'b', width: 4, size: 3 },
            { kind: 'convolution', name: 'c', width: 4, size: 3 },
          ],
          shrink: 'max',
        },
      ],
    };
    expect(namesOf(removableBlocks(architecture))).toEqual(['b']);
    expect(removableBlocks({ ...architecture, stages: [{ ...architecture.stages[0], blocks: [] }] })).toEqual(
      [],
    );
  });
  it('when growing, is the next block of every stage that is not whole', () => {
    const start = oneBlockAStage(smallVgg);
    expect(start.stages.map(({ blocks }) => blocks.map(({ name }) => name))).toEqual([
      ['a1'],
      ['b1'],
      ['c1'],
    ]);
    expect(namesOf(addableBlocks(start, smallVgg))).toEqual(['a2', 'b2', 'c2']);
  });
});

describe('pruning', () => {
  // b2 and c1 are idle, everything else is needed.
  const world: World = (blocks) => ({
    accuracy: ['b1', 'c2'].every((name) => blocks.includes(name)) ? 0.9 : 0.8,
    // Falls beyond the null: a2 0.1, b1 0.3, b2 -0.1, b3 0.3, c1 0, c2 0.5.
    profile: profileOf(
      Object.fromEntries(
        Object.entries({
          a1: [4, 4],
          a2: [3.8, 3.9],
          b1: [3.4, 3.8],
          b2: [3.5, 3.8],
          b3: [3.1, 3.7],
          c1: [3, 3.6],
          c2: [2.4, 3.5],
        } as const).filter(([name]) => blocks.includes(name)),
      ),
    ),
  });

  it('tries the least superization first, keeps what does no harm, puts back what does, and ends when nothing is left', async () => {
    const { state, search } = await searched({}, world);
    expect(story(state)).toEqual([
      'a1 a2 b1 b2 b3 c1 c2: reference',
      'a1 a2 b1 b3 c1 c2: kept',
      'a1 a2 b1 b3 c2: kept',
      'a1 a2 b3 c2: rejected',
      'a1 a2 b1 b3: rejected',
    ]);
    expect(search.next()).toBeNull();
    const run = runOf(state, 1, 'semiotic');
    expect(run && runEnd(state, run)).toBe('no-candidate');
    expect([...(run?.refused ?? [])]).toEqual(['b1', 'c2']);
    expect(run?.current.id).toBe('1/semiotic/2');
  });

  it('tells the step that decided, beside that of its null model', async () => {
    const { state } = await searched({}, world);
    const [, first] = state.networks;
    expect(first.change?.step).toMatchObject({ block: 'b2', error: 0.01 });
    expect(first.change?.step?.fall).toBeCloseTo(-0.1);
    expect(first.change?.step?.nullFall).toBeCloseTo(0);
    expect(first.change?.candidates.map(({ block }) => block)).toEqual(['b2', 'c1', 'b1', 'c2']);
    expect(first.change?.candidates.map(({ rank }) => rank?.toFixed(6))).toEqual([
      '-0.100000',
      '0.000000',
      '0.300000',
      '0.500000',
    ]);
  });

  it('goes by the fall alone where the null is off', async () => {
    // Falls: b1 0.4, b2 -0.1, c1 0.1, c2 0.6; with the null doubled at c1 only the rule without it stays.
    const shifted: World = (blocks, move) => {
      const measured = world(blocks, move);
      const profile = measured.profile?.map((layer) => (layer.name === 'b2' ? { ...layer, null: 5 } : layer));
      return { ...measured, profile };
    };
    const first = async (beyondNull: boolean) =>
      (await searched({ beyondNull }, shifted)).state.networks[1].change?.block;
    // Beyond the null: b2 -0.1 + 1.2 = 1.1, c1 0.
    expect(await first(true)).toBe('c1');
    expect(await first(false)).toBe('b2');
  });

  it('counts what differs by less than the tolerance as kept, exactly at it too', async () => {
    const at = async (accuracy: number, tolerance = 0.02) =>
      (await searched({ tolerance }, (blocks) => ({ accuracy: blocks.length === 7 ? 0.9 : accuracy }))).state
        .networks[1].verdict;
    expect(await at(0.88)).toBe('kept');
    expect(await at(0.8799)).toBe('rejected');
    // Of no tolerance at all what is as accurate is kept, and nothing less.
    expect(await at(0.9, 0)).toBe('kept');
    expect(await at(0.8999, 0)).toBe('rejected');
  });

  it('never looks at the test part', async () => {
    const moves = async (test: (blocks: string[]) => number) => {
      const { state } = await searched({}, (blocks, move) => ({
        ...world(blocks, move),
        test: { accuracy: test(blocks), loss: 1 },
      }));
      return story(state);
    };
    expect(await moves((blocks) => blocks.length / 10)).toEqual(
      await moves((blocks) => 1 - blocks.length / 10),
    );
  });

  it('breaks ties by cost, the dearest first', async () => {
    const { state } = await searched({ orders: ['semiotic'] }, (blocks) => ({
      accuracy: 0.9,
      profile: profileOf(Object.fromEntries(blocks.map((name) => [name, [3, 3]]))),
    }));
    // Multiply-adds: b1 8*8*9*4*6 = 13824, b2 8*8*9*36 = 20736, c1 4*4*9*48 = 6912, c2 4*4*9*64 = 9216.
    expect(state.networks[1].change?.candidates.map(({ block }) => block)).toEqual(['b2', 'b1', 'c2', 'c1']);
  });
});

describe('the controls', () => {
  const fine: World = (blocks) => ({
    accuracy: 0.9,
    filterNorms: blocks.map((block) => ({ block, norm: { c2: 0.1, b1: 0.2, c1: 0.3 }[block] ?? 0.4 })),
  });
  const order = async (name: SearchOptions['orders'][number], seeds = [1]) => {
    const { state } = await searched({ orders: [name], seeds }, fine);
    return state.networks.flatMap(({ change }) => change?.block ?? []);
  };

  it('by L1 norm takes the smallest mean weight first', async () => {
    expect(await order('l1')).toEqual(['c2', 'b1', 'c1', 'b2']);
  });
  it('by parameters takes the most first', async () => {
    // With scale and offset: b1 228, b2 336, c1 448, c2 592.
    expect((await order('parameters'))[0]).toBe('c2');
    expect((await order('parameters'))[1]).toBe('c1');
  });
  it('at random depends on the seed alone, and takes every block', async () => {
    const once = await order('random', [1]);
    expect(await order('random', [1])).toEqual(once);
    expect(once.toSorted()).toEqual(['b1', 'b2', 'c1', 'c2']);
    const others = await Promise.all([2, 3, 4, 5, 6].map((seed) => order('random', [seed])));
    expect(new Set([once, ...others].map(String)).size).toBeGreaterThan(1);
  });
  it('begin with one reference a seed and have the same budget and the same recipe', async () => {
    const { state, trainer } = await searched(
      {
        orders: ['semiotic', 'random', 'l1', 'parameters'],
        seeds: [5, 6],
        budget: { kind: 'trainings', trainings: 2 },
      },
      fine,
    );
    expect(state.networks.map(({ id }) => id)).toEqual(
      [5, 6].flatMap((seed) => [
        `${seed}/reference`,
        ...[1, 2].flatMap((step) =>
          ['semiotic', 'random', 'l1', 'parameters'].map((name) => `${seed}/${name}/${step}`),
        ),
      ]),
    );
    const recipes = trainer.asked.filter(({ move }) => move.id.startsWith('5/') && move.id.endsWith('/2'));
    expect(new Set(recipes.map(({ move }) => JSON.stringify(move.recipe))).size).toBe(1);
    expect(recipes[0].move.recipe).toMatchObject({ epochs: 2, learningRate: 0.05, patience: null });
  });
});

describe('a budget in minutes', () => {
  it('is divided among the seeds, spent in rounds of all orders behind the reference, and never overdrawn', async () => {
    // A minute each: of 12 minutes a seed the reference takes 1, and four rounds of two orders 8.
    const { state } = await searched(
      {
        orders: ['semiotic', 'random'],
        seeds: [1, 2],
        budget: { kind: 'minutes', minutes: 24 },
        tolerance: 0,
      },
      () => ({ accuracy: 0.9 }),
    );
    for (const seed of [1, 2]) {
      for (const order of ['semiotic', 'random'] as const) {
        const run = runOf(state, seed, order);
        expect(run?.steps).toHaveLength(4);
        expect(run && runEnd(state, run)).toBe('no-candidate');
      }
    }
    const short = await searched(
      {
        orders: ['semiotic', 'random'],
        seeds: [1, 2],
        budget: { kind: 'minutes', minutes: 11 },
        tolerance: 0,
      },
      () => ({ accuracy: 0.9 }),
    );
    // Of 5.5 minutes the reference takes 1 and two rounds 4; a third would end after 7.
    expect(runOf(short.state, 2, 'random')?.steps).toHaveLength(2);
    const total = short.state.networks.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    expect(total).toBeLessThanOrEqual(11 * 60_000);
  });
});

it('minutes that are too few for the reference are said, with what to do', async () => {
  const { state } = await searched(
    { orders: ['semiotic', 'random'], seeds: [1, 2], budget: { kind: 'minutes', minutes: 1 } },
    () => ({ accuracy: 0.9 }),
  );
  expect(state.networks.map(({ role }) => role)).toEqual(['reference', 'reference']);
  expect(verdictWords(state, 'parameters')[0]).toBe(
    'Seed 1: its 0.5 minutes were spent on the reference, which took 1 minute; nothing smaller could be tried. Give more minutes, or a number of trainings instead.',
  );
});

describe('a machine that is busy now and then', () => {
  it('gives all orders as many trainings all the same', async () => {
    // Every third training takes three times as long.
    let count = 0;
    const { state } = await searched(
      { orders: ['semiotic', 'random', 'l1'], tolerance: 0, budget: { kind: 'minutes', minutes: 15 } },
      () => {
        count += 1;
        return { accuracy: 0.9, milliseconds: count % 3 === 0 ? 180_000 : 60_000 };
      },
    );
    // 1 for the reference, 5 for a round: after two rounds 11 are spent, and a third would end after 16.
    const steps = (['semiotic', 'random', 'l1'] as const).map(
      (order) => runOf(state, 1, order)?.steps.length,
    );
    expect(steps).toEqual([2, 2, 2]);
    for (const order of ['semiotic', 'random', 'l1'] as const) {
      const run = runOf(state, 1, order);
      expect(run && runEnd(state, run)).toBe('budget');
    }
  });
});

describe('growing', () => {
  // Right with b2, whatever else is there; c2 adds a little, a2 harms.
  const world: World = (blocks) => ({
    accuracy:
      0.7 +
      (blocks.includes('b2') ? 0.2 : 0) +
      (blocks.includes('c2') ? 0.05 : 0) -
      (blocks.includes('a2') && !blocks.includes('b2') ? 0.01 : 0),
    profile: profileOf(
      Object.fromEntries(
        Object.entries({
          a1: [4, 4],
          a2: [4, 4],
          b1: [3.7, 4],
          b2: [3.7, 4],
          b3: [3.7, 4],
          c1: [3, 4],
          c2: [3, 4],
        } as const).filter(([name]) => blocks.includes(name)),
      ),
    ),
  });

  it('begins with one block a stage, adds where superization is strongest, and ends within the tolerance', async () => {
    const { state } = await searched({ direction: 'grow' }, world);
    expect(story(state)).toEqual([
      'a1 a2 b1 b2 b3 c1 c2: reference',
      'a1 b1 c1: start',
      'a1 b1 c1 c2: kept',
      'a1 b1 b2 c1 c2: kept',
    ]);
    expect(state.networks[2].change).toMatchObject({
      kind: 'add',
      block: 'c2',
      stage: 2,
      step: { block: 'c1' },
    });
    const run = runOf(state, 1, 'semiotic');
    expect(run && runEnd(state, run)).toBe('reached');
  });

  it('takes out again what brings nothing', async () => {
    const { state } = await searched({ direction: 'grow' }, (blocks, move) => ({
      ...world(blocks, move),
      accuracy: 0.7 + (blocks.length === 7 ? 0.2 : 0),
    }));
    expect(story(state).slice(2)).toEqual([
      'a1 b1 c1 c2: rejected',
      'a1 b1 b2 c1: rejected',
      'a1 a2 b1 c1: rejected',
    ]);
  });

  it('by parameters adds the fewest first, by L1 norm behind the largest', async () => {
    const first = async (order: SearchOptions['orders'][number]) =>
      (
        await searched({ direction: 'grow', orders: [order] }, (blocks) => ({
          accuracy: 0.7 + blocks.length / 100,
          filterNorms: blocks.map((block) => ({ block, norm: block === 'b1' ? 2 : 1 })),
        }))
      ).state.networks[2].change?.block;
    expect(await first('parameters')).toBe('a2');
    expect(await first('l1')).toBe('b2');
  });
});

describe('weights', () => {
  it('are kept layer by layer where name and shape are the same, when it begins warm', async () => {
    const { trainer } = await searched(
      { orders: ['l1'], budget: { kind: 'trainings', trainings: 1 } },
      (blocks) => ({
        accuracy: 0.9,
        filterNorms: blocks.map((block) => ({ block, norm: block === 'b1' ? 0 : 1 })),
      }),
    );
    const [, { move, start }] = trainer.asked;
    expect(move.change?.block).toBe('b1');
    // b2 now reads 4 channels instead of 6, and begins at random with its normalisation.
    const layers = new Set(start?.map((name) => name.split('/')[0]));
    expect([...layers]).toEqual(['a1', 'a2', 'b3', 'c1', 'c2', 'logits']);
    expect(start).toContain('b3/variance');
  });
  it('are drawn anew when it begins cold, at the whole learning rate', async () => {
    const { trainer } = await searched({ warmStart: false }, () => ({ accuracy: 0.9 }));
    expect(trainer.asked.every(({ start }) => start === null)).toBe(true);
    expect(trainer.asked[1].move.recipe.learningRate).toBe(0.1);
  });
  it('of nothing but references, results and the best are held', async () => {
    const { search } = await searched({ orders: ['semiotic', 'parameters'] }, () => ({ accuracy: 0.9 }));
    expect([...search.weights.keys()]).toEqual(['1/reference', '1/semiotic/4', '1/parameters/4']);
  });
});

describe('a search that is left', () => {
  const world: World = (blocks) => ({ accuracy: blocks.length > 4 ? 0.9 : 0.5 });

  it('goes on from its state, through JSON, as if it had never stopped', async () => {
    const whole = await searched({ orders: ['semiotic', 'random'], seeds: [1, 2] }, world);
    let search = createSearch(
      exampleState({ orders: ['semiotic', 'random'], seeds: [1, 2] }),
      new Map(),
      trainerIn(world),
    );
    while (search.next()) {
      await search.advance();
      search = createSearch(JSON.parse(JSON.stringify(search.state)), search.weights, trainerIn(world));
    }
    expect(search.state).toEqual(whole.state);
  });

  it('stays as it was when a training is given up', async () => {
    const trainer = trainerIn(world);
    const search = createSearch(exampleState(), new Map(), trainer);
    await search.advance();
    const before = JSON.stringify(search.state);
    const failing = createSearch(search.state, search.weights, {
      train: async () => {
        throw new DOMException('given up', 'AbortError');
      },
    });
    await expect(failing.advance()).rejects.toThrow('given up');
    expect(JSON.stringify(failing.state)).toBe(before);
    expect(failing.next()).toEqual(nextMove(search.state));
  });

  it('says which weights are missing, and needs none when it begins cold', async () => {
    const search = createSearch(exampleState(), new Map(), trainerIn(world));
    await search.advance();
    const without = createSearch(search.state, new Map(), trainerIn(world));
    await expect(without.advance()).rejects.toThrow(SearchError);
    await expect(without.advance()).rejects.toThrow('1/reference');
    const cold = exampleState({ warmStart: false });
    const first = createSearch(cold, new Map(), trainerIn(world));
    await first.advance();
    const again = createSearch(first.state, new Map(), trainerIn(world));
    expect((await again.advance())?.id).toBe('1/semiotic/1');
  });
});

describe('a search that cannot be made', () => {
  const begin = (options: Partial<SearchOptions>, architecture = smallVgg, labels = ['x', 'y', 'z']) =>
    beginSearch({
      options: { ...searchDefaults, ...options },
      architecture,
      recipe: exampleRecipe,
      labels,
      source: 'nothing',
      scenes: null,
    });
  const bare = oneBlockAStage({ ...smallVgg, stages: smallVgg.stages.slice(0, 2) });

  it('is refused in words', () => {
    expect(begin({}).networks).toEqual([]);
    expect(() => begin({}, bare)).toThrow(/^Nothing can be taken out/);
    expect(() => begin({ direction: 'grow' }, bare)).toThrow(/^Nothing can be added/);
    expect(() => begin({ unit: 'filters', direction: 'grow' })).toThrow(/^Only blocks can be added/);
    expect(() => begin({ orders: ['uniform'] })).toThrow(/is an order for filters/);
    expect(() => begin({ orders: ['scale'] }, { ...smallVgg, batchNorm: false })).toThrow(
      /no batch normalisation/,
    );
    const thin = withoutFilters(
      bare,
      new Map([
        ['a1', [0, 1, 2]],
        ['b1', [0, 1, 2, 3, 4]],
      ]),
    );
    expect(() => begin({ unit: 'filters' }, thin)).toThrow(/every layer has a single filter/);
    // Of a network of one block filters can go, though no block can.
    const single = { ...bare, stages: bare.stages.slice(0, 1) };
    expect(begin({ unit: 'filters' }, single).networks).toEqual([]);
    expect(() => begin({}, single)).toThrow(/^Nothing can be taken out/);
    expect(begin({ tolerance: 0 }).options.tolerance).toBe(0);
    expect(() => begin({ tolerance: 2 })).toThrow(/^The search cannot be made: tolerance/);
    expect(() => begin({ seeds: [] })).toThrow(/^The search cannot be made: seeds/);
    expect(() => begin({ budget: { kind: 'minutes', minutes: 0 } })).toThrow(/budget\.minutes/);
    expect(() => begin({}, smallVgg, ['x'])).toThrow('tells 3 classes apart, but the pictures have 1');
  });
});
