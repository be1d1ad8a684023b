import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairedInterval } from './paired-interval';
import { paretoFront } from './pareto-front';
import { bestNetwork, frontOf, spreadOf, summaryOf } from './search-results';
import { outcomeWords, verdictWords, whyWords } from './search-sentences';
import type { SearchOrder, SearchState, TriedNetwork } from './search-state';
import { exampleRecipe, exampleState, smallVgg } from './search-testing';
import { comparisons } from './verdict';

const network = (id: string, told: Partial<TriedNetwork>): TriedNetwork => ({
  id,
  seed: 1,
  order: null,
  role: 'step',
  parent: null,
  architecture: smallVgg,
  change: null,
  from: null,
  recipe: exampleRecipe,
  validation: { accuracy: 0.9, loss: 1 },
  test: { accuracy: 0.9, loss: 1 },
  profile: [],
  filterNorms: [],
  latency: 1,
  milliseconds: 60_000,
  parameters: 1000,
  multiplyAdds: 1000,
  verdict: 'kept',
  ...told,
});

/** A finished search: every order came to one network a seed, of so many parameters and such a test accuracy. */
function finished(results: Partial<Record<SearchOrder, [parameters: number, test: number][]>>): SearchState {
  const orders = Object.keys(results) as SearchOrder[];
  const count = Math.max(...Object.values(results).map(({ length }) => length));
  const seeds = Array.from({ length: count }, (_, i) => i + 1);
  return {
    ...exampleState({ orders, seeds, budget: { kind: 'trainings', trainings: 1 } }),
    networks: seeds.flatMap((seed) => [
      network(`${seed}/reference`, { seed, role: 'reference', verdict: 'reference', parameters: 2000 }),
      ...orders.flatMap((order) => {
        const result = results[order]?.[seed - 1];
        if (!result) return [];
        const [parameters, accuracy] = result;
        return [network(`${seed}/${order}/1`, { seed, order, parameters, test: { accuracy, loss: 1 } })];
      }),
    ]),
  };
}

describe('the Pareto front', () => {
  const front = (points: [number, number][]) =>
    paretoFront(
      points,
      ([cost]) => cost,
      ([, value]) => value,
    );
  it('is a staircase', () => {
    expect(
      front([
        [3, 3],
        [1, 1],
        [2, 1],
        [2, 2],
        [4, 2.5],
        [5, 4],
        [5, 3.5],
      ]),
    ).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [5, 4],
    ]);
  });
  it('takes of equal points the first, and of none none', () => {
    const [a, b]: [number, number][] = [
      [1, 1],
      [1, 1],
    ];
    expect(front([a, b])).toHaveLength(1);
    expect(front([a, b])[0]).toBe(a);
    expect(front([])).toEqual([]);
  });
  it('holds what no other point outdoes, and nothing else', () => {
    const point = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(fc.array(point, { maxLength: 30 }), (points) => {
        const outdone = ([c, v]: [number, number]) =>
          points.some(([cost, value]) => cost <= c && value >= v && (cost < c || value > v));
        const expected = new Set(points.filter((each) => !outdone(each)).map(String));
        expect(new Set(front(points).map(String))).toEqual(expected);
      }),
    );
  });
  it('of networks goes by the validation part, not by the test part', () => {
    const networks = [
      network('a', {
        parameters: 10,
        validation: { accuracy: 0.5, loss: 1 },
        test: { accuracy: 0.9, loss: 1 },
      }),
      network('b', {
        parameters: 20,
        validation: { accuracy: 0.6, loss: 1 },
        test: { accuracy: 0.4, loss: 1 },
      }),
      network('c', {
        parameters: 30,
        validation: { accuracy: 0.55, loss: 1 },
        test: { accuracy: 1, loss: 1 },
      }),
    ];
    expect(frontOf(networks, 'parameters').map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

describe('the best network', () => {
  it('is the smallest within the tolerance of its own seed, whatever its verdict or test', () => {
    const state = { ...exampleState({ seeds: [1, 2], tolerance: 0.02 }) };
    const at = (
      id: string,
      seed: number,
      parameters: number,
      accuracy: number,
      role: TriedNetwork['role'] = 'step',
    ) => network(id, { seed, parameters, role, validation: { accuracy, loss: 1 } });
    state.networks = [
      at('r1', 1, 100, 0.9, 'reference'),
      at('r2', 2, 100, 0.8, 'reference'),
      at('a', 1, 50, 0.85),
      at('b', 1, 60, 0.88),
      at('c', 2, 60, 0.9),
      at('d', 2, 70, 0.95),
    ];
    expect(bestNetwork(state)?.id).toBe('c');
    expect(bestNetwork({ ...state, networks: state.networks.slice(0, 4) })?.id).toBe('b');
    expect(bestNetwork({ ...state, networks: [] })).toBeNull();
  });
});

describe('means over seeds', () => {
  it('have the deviation of n - 1', () => {
    expect(spreadOf([2, 4, 6])).toEqual({ mean: 4, deviation: 2 });
    expect(spreadOf([3])).toEqual({ mean: 3, deviation: null });
  });
  it('are told for the references and every order', () => {
    const [reference, semiotic, random] = summaryOf(
      finished({
        semiotic: [
          [100, 0.8],
          [300, 0.9],
        ],
        random: [[500, 0.7]],
      }),
    );
    expect(reference).toMatchObject({
      order: null,
      parameters: { mean: 2000, deviation: 0 },
      minutes: { mean: 1 },
    });
    expect(semiotic.order).toBe('semiotic');
    expect(semiotic.parameters.mean).toBe(200);
    expect(semiotic.parameters.deviation).toBeCloseTo(Math.sqrt(20_000));
    expect(semiotic.testAccuracy.mean).toBeCloseTo(0.85);
    expect(semiotic.trainings).toEqual({ mean: 1, deviation: 0 });
    expect(semiotic.blocks.mean).toBe(7);
    // The run of seed 2 has begun: it stands at its reference.
    expect(random.parameters.mean).toBe(1250);
  });
});

describe('paired differences', () => {
  // scipy.stats.t.interval(0.95, n - 1, loc=mean, scale=sd / sqrt(n))
  it.each([
    [[0.1, 0.3, 0.2], -0.048413771175, 0.448413771175],
    [[-0.02, 0.01], -0.195593071043, 0.185593071043],
    [[1, 2, 3, 4, 5.5], 0.931527051696, 5.268472948304],
  ])('%j have the interval %f to %f', (differences, low, high) => {
    const interval = pairedInterval(differences);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });
});

describe('the verdict', () => {
  const against = (semiotic: [number, number][], random: [number, number][]) => {
    const state = finished({ semiotic, random });
    const [comparison] = comparisons(state, 'parameters');
    return { ...comparison, words: verdictWords(state, 'parameters') };
  };

  it('is better where it is smaller beyond noise and no less accurate', () => {
    const { outcome, size, words } = against(
      [
        [100, 0.9],
        [200, 0.91],
        [300, 0.89],
      ],
      [
        [200, 0.9],
        [300, 0.9],
        [450, 0.9],
      ],
    );
    expect(outcome).toBe('better');
    // numpy: expm1 of mean and t interval of log([100, 200, 300] / [200, 300, 450])
    expect(size?.mean).toBeCloseTo(-0.39429314, 6);
    expect(size?.low).toBeCloseTo(-0.59906574, 5);
    expect(size?.high).toBeCloseTo(-0.08493525, 5);
    expect(words[0]).toBe(
      'Against random order: better. -39 % parameters (95 % interval -60 % to -8 %) and ±0.0 points of test accuracy (-2.5 points to +2.5 points), 3 seeds.',
    );
    expect(words[1]).toContain('small advantages cannot be seen');
    expect(words[2]).toBe(
      'Test accuracy against random order: that it is no worse than by 1 point cannot be said.',
    );
  });
  it('says what lies within the bounds of equivalence', () => {
    const about = (own: number[], control: number[]) =>
      against(
        own.map((accuracy) => [100, accuracy]),
        control.map((accuracy) => [100, accuracy]),
      ).words[2];
    const control = [0.9, 0.91, 0.92];
    expect(about([0.901, 0.909, 0.921], control)).toContain('the same within 1 point.');
    expect(about([0.919, 0.931, 0.942], control)).toContain('no worse than by 1 point.');
    expect(about([0.879, 0.891, 0.902], control)).toContain('worse by more than 1 point.');
    expect(about([0.95, 0.85, 0.92], control)).toContain('cannot be said.');
  });
  it('is worse the other way round', () => {
    const { outcome, words } = against(
      [
        [200, 0.9],
        [300, 0.9],
        [450, 0.9],
      ],
      [
        [100, 0.9],
        [200, 0.9],
        [300, 0.9],
      ],
    );
    expect(outcome).toBe('worse');
    expect(words[0]).toContain('Against random order: worse. +65 % parameters');
  });
  it('is mixed where size and accuracy disagree', () => {
    const { outcome, words } = against(
      [
        [100, 0.8],
        [200, 0.81],
        [300, 0.79],
      ],
      [
        [200, 0.9],
        [400, 0.9],
        [600, 0.9],
      ],
    );
    expect(outcome).toBe('mixed');
    expect(words[0]).toContain('smaller, but less accurate');
  });
  it('finds no difference in noise, even where the mean looks like one', () => {
    const { outcome, words } = against(
      [
        [100, 0.9],
        [200, 0.9],
        [300, 0.95],
      ],
      [
        [200, 0.9],
        [190, 0.9],
        [900, 0.9],
      ],
    );
    expect(outcome).toBe('noise');
    expect(words[0]).toContain('no difference beyond noise');
  });
  it('says so where all seeds came to the same', () => {
    const same: [number, number][] = [
      [100, 0.9],
      [200, 0.8],
    ];
    expect(against(same, same)).toMatchObject({ outcome: 'same' });
    expect(against(same, same).words[0]).toContain('every seed came to the same size and accuracy');
  });
  it('never says what the intervals beside it deny', () => {
    const result = fc.tuple(
      fc.integer({ min: 100, max: 104 }),
      fc.double({ min: 0.8, max: 0.8003, noNaN: true }),
    );
    const results = fc.array(result, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(results, results, (semiotic, random) => {
        const seeds = Math.min(semiotic.length, random.length);
        const { words } = against(semiotic.slice(0, seeds), random.slice(0, seeds));
        const told =
          /^Against random order: (.*?)\. .* \(95 % interval (.*) % to (.*) %\) and .* points of test accuracy \((.*) points to (.*) points\), \d seeds\.$/.exec(
            words[0],
          );
        expect(told, words[0]).not.toBeNull();
        const [, said, ...ends] = told as RegExpExecArray;
        const side = (low: string, high: string) => (low[0] === '+' ? 1 : high[0] === '-' ? -1 : 0);
        const [smaller, gained] = [-side(ends[0], ends[1]), side(ends[2], ends[3])];
        const [wins, losses] = [[smaller, gained].includes(1), [smaller, gained].includes(-1)];
        const expected = wins && losses ? /but/ : wins ? /^better$/ : losses ? /^worse$/ : /no difference/;
        expect(said).toMatch(expected);
      }),
      { numRuns: 300 },
    );
  });
  it('claims nothing of one seed, however large the difference', () => {
    const { outcome, words } = against([[1, 1]], [[1000, 0.1]]);
    expect(outcome).toBe('one-seed');
    expect(words).toEqual([
      'Against random order: only one seed (1), so that chance cannot be told from the order.',
    ]);
  });
  it('claims nothing of runs that are not over, or not there', () => {
    expect(against([[100, 0.9]], []).words).toEqual([
      'Against random order: not finished, nothing can be said.',
    ]);
    expect(verdictWords(finished({ semiotic: [[1, 1]] }), 'parameters')).toEqual([
      'No control was run: nothing can be said about the order.',
    ]);
    expect(verdictWords(finished({ random: [[1, 1]] }), 'parameters')).toEqual([
      'The order by superization was not tried.',
    ]);
  });
});

describe('words for a step', () => {
  const options = exampleState().options;
  const move = network('1/semiotic/1', {
    order: 'semiotic',
    change: {
      kind: 'remove',
      block: 'b2',
      stage: 1,
      candidates: [
        { block: 'b2', stage: 1, rank: -0.1 },
        { block: 'c1', stage: 2, rank: 0.2 },
      ],
      step: { block: 'b2', entropy: 3, null: 3.5, fall: 0.25, nullFall: 0.35, error: 0.01 },
    },
  });
  it('tell which layer and why', () => {
    expect(whyWords(move, options)).toBe(
      'Take out b2, first of 2 candidates: least superization; its entropy falls by 0.250, that of its null model falls by 0.350.',
    );
    expect(whyWords({ ...move, order: 'random' }, options)).toBe(
      'Take out b2, first of 2 candidates: drawn at random.',
    );
    expect(whyWords({ ...move, role: 'reference', order: null, change: null }, options)).toBe(
      'The whole architecture, 7 blocks, as the reference.',
    );
  });
  it('tell what came of it', () => {
    const reference = network('r', { validation: { accuracy: 0.95, loss: 1 } });
    const kept = { ...move, validation: { accuracy: 0.94, loss: 1 } };
    expect(outcomeWords(kept, reference)).toBe(
      '94.0 % of the validation pictures are named right, -1.0 points against the reference: it stays out.',
    );
    expect(outcomeWords({ ...kept, verdict: 'rejected' }, reference)).toContain('it is needed, and put back');
    expect(outcomeWords(reference, null)).toBe('95.0 % of the validation pictures are named right.');
  });
});
