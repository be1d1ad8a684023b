import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clause, type VerdictLayer } from '../verdict/picture-verdict';
import type { StoryFacts, StoryLayer } from './story-facts';
import { storySteps } from './story-steps';

const layer = (name: string, signs: number[], more: Partial<StoryLayer> = {}): StoryLayer => ({
  ...{ name, width: 14, height: 14, evidence: true, signs, nullSigns: { mean: 20, sd: 2 } },
  ...{ merging: { supersigns: 0, taken: 0 }, dissolving: 0 },
  ...{ entropy: { value: 0.5, null: { mean: 0.6, sd: 0.01 } }, ...more },
});

const facts = (more: Partial<StoryFacts> = {}): StoryFacts => ({
  ...{ picture: 'French horn', network: 'photos10', method: 'Grad-CAM', isAttention: false },
  measure: { name: 'Aura matrix entropy', unit: 'ratio' },
  explained: { label: 'horn', value: '94.0 %' },
  predictions: [
    { label: 'horn', probability: 0.94 },
    { label: 'church', probability: 0.04 },
  ],
  explainsFirst: true,
  layers: [
    layer('a', [0.2, 0.2, 0.2, 0.11], { entropy: { value: 0.53, null: { mean: 0.68, sd: 0.01 } } }),
    layer('b', [0.2, 0.2, 0.2, 0.2], { dissolving: 2 }),
    layer('c', [0.3, 0.3], { merging: { supersigns: 2, taken: 5 } }),
    layer('d', [0.81], { merging: { supersigns: 1, taken: 2 } }),
    layer('e', [0.85], { width: 7, height: 7, entropy: { value: 0.11, null: { mean: 0.114, sd: 0.01 } } }),
  ],
  steps: [null, null, null, null],
  carried: {
    ...{ label: 'horn', probability: 0.94, logit: 9.8, preferred: null, layer: 'e', together: null },
    signs: [{ id: 0, form: 'carried', order: 1, mass: 1, share: 0.85, weight: 4.1, weightAtInput: null }],
  },
  ...more,
});

const told = (given: StoryFacts) =>
  storySteps(given).map(({ id, picture, says }) => [id, picture, says.join(' ')]);

describe('the story', () => {
  it('is told in chosen moments, each by its own numbers', () => {
    expect(told(facts())).toEqual([
      [
        'picture',
        'plain',
        '“French horn”, read by photos10 in 5 layers. What does the network see in it, layer by layer?',
      ],
      [
        'first',
        0,
        'a, 14 × 14 values, has 4 signs, which hold 71 % of its evidence; with its pixels shuffled it has 20 ± 2. The brighter, the more this layer speaks for “horn”, as Grad-CAM has it.',
      ],
      [
        'early',
        1,
        'b, 14 × 14 values, has 4 signs, which hold 80 % of its evidence; with its pixels shuffled it has 20 ± 2.',
      ],
      [
        'few',
        2,
        'No layer takes in more at once than c: two supersigns take in 5 signs of layers before it. c, 14 × 14 values, has 2 signs, which hold 60 % of its evidence; with its pixels shuffled it has 20 ± 2. From c on the evidence lies in at most two signs, from d on in one, which hold at least 60 % of it; by chance there would be more.',
      ],
      [
        'one',
        3,
        'From d on the evidence lies in one sign, which holds at least 81 % of it; by chance there would be more.',
      ],
      [
        'last',
        4,
        'e, 7 × 7 values, has 1 sign, which holds 85 % of its evidence; with its pixels shuffled it has 20 ± 2.',
      ],
      [
        'flow',
        null,
        '12 signs in 5 layers: 3 are supersigns, made of two or more of layers before. 2 dissolve: no later sign holds half of any of them.'.replace(
          '12',
          '12',
        ),
      ],
      [
        'chance',
        null,
        'Aura matrix entropy falls from 0.53 to 0.11 between a and e; shuffled, it falls from 0.68 to 0.11. No two layers that follow each other can be compared: of order nothing can be said. The band is what the same maps measure with their pixels shuffled.',
      ],
      ['decision', 'plain', 'It is named “horn” (94.0 %).'],
      [
        'masking',
        4,
        'Masking the one sign of the last layer costs 4.1 of 9.8 logits. Masked, a sign is set to the mean of what is around it; the rest of the network then runs on.',
      ],
      ['limits', null, expect.stringContaining('one picture, read by one network')],
    ]);
  });

  it('says so where nothing can be said', () => {
    const empty = facts({
      layers: facts().layers.map((each) => ({
        ...each,
        evidence: false,
        signs: [],
        entropy: null,
        merging: null,
      })),
      carried: { ...facts().carried!, signs: [] },
    });
    expect(told(empty).slice(1)).toEqual([
      ['first', 0, 'a holds no positive evidence for “horn”.'],
      ['early', 1, 'b holds no positive evidence for “horn”.'],
      ['last', 4, 'e holds no positive evidence for “horn”.'],
      ['flow', null, 'No layer has a sign: there is nothing to take in.'],
      ['chance', null, 'No two layers are measured: of order nothing can be said.'],
      ['decision', 'plain', 'It is named “horn” (94.0 %).'],
      ['masking', 4, 'The last layer has no sign: there is nothing to mask.'],
      ['limits', null, expect.any(String)],
    ]);
  });

  it.each([1, 5, 27, 250])('shows few of %i layers, each once and in their order', (count) => {
    const layers = Array.from({ length: count }, (_, i) => ({
      ...facts().layers[i % 4],
      name: `layer ${i}`,
    }));
    const steps = storySteps(facts({ layers, steps: layers.slice(1).map(() => null) }));
    const walk = steps.flatMap(({ picture, chart }) =>
      typeof picture === 'number' && !chart ? [picture] : [],
    );
    expect(walk).toEqual([...new Set(walk)].sort((a, b) => a - b));
    expect([walk[0], walk.at(-1)]).toEqual([0, count - 1]);
    expect(steps.length).toBeLessThanOrEqual(12);
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
  });
});

const share = fc.double({ min: 0.001, max: 1, noNaN: true });
const anyLayer = fc.record({
  evidence: fc.boolean(),
  cuts: fc.array(share, { minLength: 1, maxLength: 7 }),
  nullSigns: fc.option(fc.record({ mean: fc.double({ min: 0, max: 300, noNaN: true }), sd: share })),
  supersigns: fc.nat(3),
  dissolving: fc.nat(3),
  value: fc.double({ min: -0.1, max: 8, noNaN: true }),
  chance: fc.option(fc.double({ min: -0.1, max: 8, noNaN: true })),
});
const anyFacts = fc
  .record({
    layers: fc.array(anyLayer, { minLength: 1, maxLength: 40 }),
    bits: fc.boolean(),
    weights: fc.array(fc.option(share), { maxLength: 3 }),
  })
  .map(
    ({ layers, bits, weights }): StoryFacts => ({
      ...facts(),
      measure: { name: 'Entropy', unit: bits ? 'bits' : 'ratio' },
      layers: layers.map(({ evidence, cuts, nullSigns, supersigns, dissolving, value, chance }, i) => {
        const whole = cuts.reduce((sum, cut) => sum + cut, cuts[0]);
        const signs = evidence ? cuts.map((cut) => cut / whole) : [];
        const most = i === 0 ? 0 : Math.min(supersigns, signs.length);
        return layer(`layer-${i}`, signs, {
          ...{
            evidence,
            nullSigns,
            merging: { supersigns: most, taken: most * 2 + (most > 0 ? supersigns : 0) },
          },
          dissolving: Math.min(dissolving, signs.length),
          entropy: evidence ? { value, null: chance === null ? null : { mean: chance, sd: 0.01 } } : null,
        });
      }),
      steps: layers.slice(1).map(() => null),
      carried: {
        ...facts().carried!,
        signs: (layers.at(-1)?.evidence ? weights : []).map((weight, id) => ({
          ...facts().carried!.signs[0],
          id,
          weight,
        })),
      },
    }),
  );

const number = (text: string) => Number(text.replace('−', '-'));
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];

/** Sentences without numbers, and when they are true. */
const claims: readonly [start: string, holds: (given: StoryFacts) => boolean][] = [
  ['The last layer has no sign', ({ carried }) => carried?.signs.length === 0],
  ['What masking costs is not', ({ carried }) => carried?.signs[0].weight === null],
  ['What signs cost', ({ carried }) => (carried?.signs.length ?? 0) > 1],
  ['No layer has a sign', ({ layers }) => layers.every(({ signs }) => signs?.length === 0)],
  ['No two layers are', ({ layers }) => layers.filter(({ entropy }) => entropy).length < 2],
];

/** Everything a sentence claims, held against the numbers it was made from. */
function holds(given: StoryFacts, text: string): void {
  const { layers } = given;
  const named = (name: string) => layers[Number(name.replace('layer-', ''))];
  const size =
    /^(layer-\d+), 14 × 14 values, has (\d+) signs?, which holds? (\d+) % of its evidence(?:; with its pixels shuffled it has ([\d.]+) ± ([\d.]+))?\.$/.exec(
      text,
    );
  if (size) {
    const { signs, evidence, nullSigns } = named(size[1]);
    expect(evidence).toBe(true);
    expect(signs).toHaveLength(Number(size[2]));
    expect(Number(size[3]) / 100).toBeLessThanOrEqual(sum(signs!) + 1e-9);
    expect(sum(signs!) - Number(size[3]) / 100).toBeLessThan(0.011);
    expect(size[4] === undefined).toBe(nullSigns === null);
    if (nullSigns) expect(Math.abs(Number(size[4]) - nullSigns.mean)).toBeLessThan(0.51);
    return;
  }
  const none = /^(layer-\d+) holds no positive evidence/.exec(text);
  if (none) {
    expect(named(none[1]).evidence).toBe(false);
    return;
  }
  const merges =
    /^No layer takes in more at once than (layer-\d+): (\w+) supersigns? takes? in (\d+) signs? of/.exec(
      text,
    );
  if (merges) {
    const { merging } = named(merges[1]);
    expect([words.indexOf(merges[2]), Number(merges[3])]).toEqual([merging!.supersigns, merging!.taken]);
    expect(Math.max(...layers.map((each) => each.merging!.taken))).toBe(merging!.taken);
    return;
  }
  const all = /^(\d+) signs? in (\d+) layers?: (?:(\d+) (?:is a|are) supersigns?, made|none takes)/.exec(
    text,
  );
  if (all) {
    expect(Number(all[1])).toBe(sum(layers.map(({ signs }) => signs!.length)));
    expect(Number(all[2])).toBe(layers.length);
    expect(Number(all[3] ?? 0)).toBe(sum(layers.map(({ merging }) => merging!.supersigns)));
    expect(Number(/(\d+) dissolve/.exec(text)?.[1] ?? 0)).toBe(
      sum(layers.map(({ dissolving }) => dissolving!)),
    );
    return;
  }
  const goes = /^Entropy (.+?)(?: bits)? between (layer-\d+) and (layer-\d+)(?:; shuffled, it (.+))?\.$/.exec(
    text,
  );
  if (goes) {
    const measured = layers.filter(({ entropy }) => entropy);
    expect([named(goes[2]), named(goes[3])]).toEqual([measured[0], measured.at(-1)]);
    goesAs(goes[1], measured[0].entropy!.value, measured.at(-1)!.entropy!.value);
    if (goes[4]) goesAs(goes[4], measured[0].entropy!.null!.mean, measured.at(-1)!.entropy!.null!.mean);
    return;
  }
  const one =
    /^(?:In every layer|From (layer-\d+) on|In the last layer, (layer-\d+),) the evidence lies in one sign/.exec(
      text,
    );
  if (one) {
    const from = layers.indexOf(named(one[1] ?? one[2] ?? 'layer-0'));
    for (const each of layers.slice(from) as VerdictLayer[]) {
      expect(each.signs).toHaveLength(1);
      expect(sum(each.signs!)).toBeGreaterThanOrEqual(
        Number(/at least (\d+) %|holds (\d+) %/.exec(text)!.slice(1).find(Boolean)) / 100,
      );
    }
    return;
  }
  const plain = claims.find(([start]) => text.startsWith(start));
  if (plain) {
    expect(plain[1](given), text).toBe(true);
    return;
  }
  // What is left is the verdict's, held by a test of its own, or says nothing of the numbers.
  const verdicts = (['naming', 'signs', 'order', 'masking'] as const).map((subject) =>
    clause(given, subject),
  );
  const general =
    /^(“French horn”, read by|What does|The brighter|The band|Masked, a sign|This is one picture|Small maps|Order is not)/;
  expect(verdicts.includes(text) || general.test(text), text).toBe(true);
}

function goesAs(text: string, from: number, to: number): void {
  const [, way, a, b] = /^(?:(falls|rises) from (.+) to (.+)|stays at .+)$/.exec(text)!;
  const [before, after] = way ? [number(a), number(b)] : Array(2).fill(number(text.replace('stays at ', '')));
  expect(Math.abs(before - from)).toBeLessThan(0.0051);
  expect(Math.abs(after - to)).toBeLessThan(0.0051);
  if (way) expect(way).toBe(to < from ? 'falls' : 'rises');
}

it('never says more than the numbers, whatever the analysis', () => {
  fc.assert(
    fc.property(anyFacts, (given) => {
      for (const { says } of storySteps(given)) for (const text of says) holds(given, text);
    }),
    { numRuns: 200 },
  );
});
