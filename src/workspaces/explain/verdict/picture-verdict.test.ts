import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Carried } from '../decision/decision-words';
import { type Clause, type VerdictFacts, type VerdictLayer, verdict } from './picture-verdict';
import { verdictRoom } from './verdict-room';

const layer = (name: string, signs: number[] | null, change: Partial<VerdictLayer> = {}): VerdictLayer => ({
  ...{ name, evidence: true, signs, nullSigns: { mean: 20, sd: 2 } },
  ...change,
});

const carried = (weights: (number | null)[], change: Partial<Carried> = {}): Carried => ({
  ...{ label: 'horn', probability: 0.94, logit: 9.8, preferred: null, layer: 'c', together: null },
  signs: weights.map((weight, id) => ({
    ...{ id, form: 'emerges', order: 0, mass: 1, share: 0.4, weight, weightAtInput: null },
  })),
  ...change,
});

const facts = (change: Partial<VerdictFacts> = {}): VerdictFacts => ({
  explained: { label: 'horn', value: '94.0 %' },
  predictions: [
    { label: 'horn', probability: 0.94 },
    { label: 'church', probability: 0.04 },
  ],
  explainsFirst: true,
  layers: [
    layer('a', [0.2, 0.2, 0.2, 0.1]),
    layer('b', [0.5, 0.205]),
    layer('c', [0.8], { nullSigns: { mean: 2, sd: 1 } }),
  ],
  steps: [
    { change: -1, null: { change: -0.4, sd: 0.1 } },
    { change: -0.5, null: { change: -0.45, sd: 0.1 } },
  ],
  carried: carried([4.1], { together: 4.1 }),
  ...change,
});

const say = (given: VerdictFacts) => verdict(given).map(({ text }) => text);
const clause = (given: VerdictFacts, subject: Clause['subject']) =>
  verdict(given).find((each) => each.subject === subject)?.text;

describe('the verdict', () => {
  it('says what is named, where evidence gathers, how order grows and what masking costs', () => {
    expect(say(facts())).toEqual([
      'It is named “horn” (94.0 %).',
      'From b on the evidence lies in at most two signs, in the last layer, c, in one, which hold at least 70 % of it; by chance there would be more in 1 of these 2 layers.',
      'Order grows beyond chance in 1 of 2 steps, hardly beyond it in 1 more.',
      'Masking the one sign of the last layer costs 4.1 of 9.8 logits.',
    ]);
  });

  it('does not call an even choice a name', () => {
    const predictions = [
      { label: 'horn', probability: 0.31 },
      { label: 'church', probability: 0.28 },
    ];
    expect(clause(facts({ predictions }), 'naming')).toBe(
      'No class is more likely than all others together: “horn” (31.0 %) comes first, before “church” (28.0 %).',
    );
    const other = facts({ explainsFirst: false, explained: { label: 'church', value: '4.0 %' } });
    expect(clause(other, 'naming')).toBe('It is named “horn” (94.0 %). Explained is “church” (4.0 %).');
  });

  it('says so where nothing can be said', () => {
    const empty = facts({
      layers: facts().layers.map((each) => ({ ...each, evidence: false, signs: [] })),
      steps: [null, null],
      carried: carried([]),
    });
    expect(say(empty)).toEqual([
      'It is named “horn” (94.0 %).',
      'No layer holds positive evidence for “horn”: nothing more can be said.',
    ]);
    const [a, b] = facts().layers;
    const last = facts({ layers: [a, b, layer('c', [], { evidence: false })], steps: [null, null] });
    expect(clause(last, 'signs')).toBe(
      'The last layer, c, holds no positive evidence: where it comes to lie cannot be said.',
    );
    expect(clause(last, 'order')).toBe(
      'No two layers that follow each other can be compared: of order nothing can be said.',
    );
  });

  it('leaves out what is not measured yet', () => {
    const early = facts({
      layers: [layer('a', null), layer('b', null)],
      steps: [{ change: -1, null: null }],
      carried: null,
    });
    expect(verdict(early).map(({ subject }) => subject)).toEqual(['naming']);
    // Chance is not known in one layer: what is said of signs would grow.
    const [a, b, c] = facts().layers;
    const chance = facts({ layers: [a, { ...b, nullSigns: null }, c] });
    expect(verdict(chance).map(({ subject }) => subject)).toEqual(['naming']);
    // Masking is known before order, and waits for it.
    expect(verdict(facts({ steps: null })).map(({ subject }) => subject)).toEqual(['naming', 'signs']);
    expect(verdict(facts({ steps: [] })).map(({ subject }) => subject)).toEqual([
      'naming',
      'signs',
      'masking',
    ]);
    expect(clause(facts({ carried: carried([null]) }), 'masking')).toBeUndefined();
  });

  it('claims neither order nor a cost where the numbers have none', () => {
    // Both steps fall, and shuffled maps fall as far or farther.
    const byChance = [
      { change: -0.5, null: { change: -0.5, sd: 0.1 } },
      { change: -0.2, null: { change: -0.6, sd: 0.1 } },
    ];
    expect(clause(facts({ steps: byChance }), 'order')).toBe('Order grows beyond chance in none of 2 steps.');
    const against = facts({ carried: carried([-1.2], { together: -1.2 }) });
    expect(clause(against, 'masking')).toBe(
      'Masking the one sign of the last layer raises the logit from 9.8 to 11.0.',
    );
    const nothing = facts({ carried: carried([0], { together: 0 }) });
    expect(clause(nothing, 'masking')).toBe(
      'Masking the one sign of the last layer leaves the logit at 9.8.',
    );
  });

  it('names many signs, and evidence outside of them', () => {
    const many = layer('c', [0.2, 0.2, 0.1, 0.1]);
    expect(clause(facts({ layers: [many] }), 'signs')).toBe(
      'The evidence does not come to lie in few signs: the last layer, c, has four.',
    );
    expect(clause(facts({ layers: [layer('c', [0.3])] }), 'signs')).toBe(
      'Most of the evidence of the last layer, c, lies outside its signs.',
    );
    const chance = layer('c', [0.9], { nullSigns: { mean: 1.5, sd: 0.5 } });
    expect(clause(facts({ layers: [chance] }), 'signs')).toBe(
      'In every layer the evidence lies in one sign, which holds 90 % of it; by chance there could be as few.',
    );
  });
});

/** Any analysis at all, complete or on its way. */
const anyFacts = fc
  .record({
    layers: fc.array(
      fc.record({
        evidence: fc.boolean(),
        cuts: fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { maxLength: 7 }),
        found: fc.boolean(),
        nullSigns: fc.option(
          fc.record({
            mean: fc.double({ min: 0, max: 30, noNaN: true }),
            sd: fc.double({ min: 0, max: 5, noNaN: true }),
          }),
        ),
        step: fc.option(
          fc.record({
            change: fc.double({ min: -3, max: 3, noNaN: true }),
            null: fc.option(
              fc.record({
                change: fc.double({ min: -3, max: 3, noNaN: true }),
                sd: fc.double({ min: 0, max: 1, noNaN: true }),
              }),
            ),
          }),
        ),
      }),
      { minLength: 1, maxLength: 12 },
    ),
    all: fc.boolean(),
    probabilities: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
    explainsFirst: fc.boolean(),
    logit: fc.double({ min: -20, max: 20, noNaN: true }),
    weights: fc.array(fc.option(fc.double({ min: -20, max: 20, noNaN: true })), { maxLength: 6 }),
    together: fc.option(fc.double({ min: -20, max: 20, noNaN: true })),
  })
  .map(({ layers, all, probabilities, explainsFirst, logit, weights, together }): VerdictFacts => {
    const sum = probabilities.reduce((a, b) => a + b, 0) || 1;
    const predictions = probabilities
      .map((value) => value / sum)
      .sort((a, b) => b - a)
      .map((probability, i) => ({ label: `class ${i}`, probability }));
    return {
      predictions,
      explained: { label: 'class 0', value: '' },
      explainsFirst,
      layers: layers.map(({ evidence, cuts, found, nullSigns }, i) => {
        const mass = cuts.reduce((a, b) => a + b, 0) + cuts[0] || 1;
        const shares = evidence ? cuts.map((cut) => cut / mass) : [];
        return { name: `layer-${i}`, evidence, signs: all || found ? shares : null, nullSigns };
      }),
      steps: layers.slice(1).map(({ step }) => step && { ...step, null: step.null }),
      carried: carried(weights, { logit, together }),
    };
  });

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven'];
const sum = (shares: readonly number[]) => shares.reduce((a, b) => a + b, 0);

/** Everything a text claims, held against the numbers it was made from. */
function holds(given: VerdictFacts): void {
  const { layers, steps } = given;
  for (const { subject, text } of verdict(given)) {
    expect(text).toMatch(/^[A-Z].*\.$/);
    if (subject === 'naming') {
      const named = /It is named “class (\d)” \(([\d.]+|< 0\.01) %\)/.exec(text);
      expect(named === null).toBe(given.predictions[0].probability! < 0.5);
      if (named) expect(Number(named[2])).toBeCloseTo(given.predictions[0].probability! * 100, 0);
    }
    if (subject === 'signs') {
      const span =
        /^(In every layer|From layer-(\d+) on|In the last layer, layer-(\d+),) the evidence lies in (at most )?(\w+) signs?/.exec(
          text,
        );
      if (span) {
        const from = span[1] === 'In every layer' ? 0 : Number(span[2] ?? span[3]);
        const run = layers.slice(from);
        for (const each of run) {
          expect(each.evidence).toBe(true);
          expect(each.signs!.length).toBeGreaterThan(0);
          expect(each.signs!.length).toBeLessThanOrEqual(words.indexOf(span[5]));
          expect(sum(each.signs!)).toBeGreaterThanOrEqual(0.5);
        }
        // No bound that no layer reaches, and none but three.
        expect(run.some(({ signs }) => signs!.length === words.indexOf(span[5]))).toBe(true);
        expect(words.indexOf(span[5])).toBeLessThanOrEqual(3);
        const share = Number(/holds? (?:at least )?(\d+) %/.exec(text)![1]) / 100;
        for (const each of run) expect(sum(each.signs!)).toBeGreaterThanOrEqual(share - 1e-9);
        const narrower = /, (?:from layer-(\d+) on|in the last layer, layer-(\d+),) in one,/.exec(text);
        if (narrower)
          for (const each of layers.slice(Number(narrower[1] ?? narrower[2])))
            expect(each.signs).toHaveLength(1);
        const fewer = run.filter(
          ({ signs, nullSigns }) => nullSigns && signs!.length + 2 * nullSigns.sd < nullSigns.mean,
        ).length;
        if (text.includes('; by chance there would be more.')) expect(fewer).toBe(run.length);
        if (text.includes('could be as few')) expect(fewer).toBe(0);
        const some = /by chance there would be more in (\d+) of these (\d+) layers/.exec(text);
        if (some) expect(some.slice(1).map(Number)).toEqual([fewer, run.length]);
      } else {
        const last = layers[layers.length - 1];
        const inFew =
          last.evidence &&
          last.signs !== null &&
          last.signs.length > 0 &&
          last.signs.length <= 3 &&
          sum(last.signs) >= 0.5;
        expect(inFew).toBe(false);
        if (text.startsWith('No layer')) expect(layers.every(({ evidence }) => !evidence)).toBe(true);
        const many = /has (\w+)\.$/.exec(text);
        if (many) expect(words.indexOf(many[1])).toBe(last.signs!.length);
        if (text.includes('outside its signs')) expect(sum(last.signs!)).toBeLessThan(0.5);
      }
    }
    if (subject === 'order') {
      const known = steps!.filter((step) => step !== null);
      const grown = /in (none|\d+) of (\d+) steps?/.exec(text);
      if (!grown) {
        expect(known).toEqual([]);
        continue;
      }
      const beyond = known.filter(
        (step) => step.change < 0 && step.change + 2 * step.null!.sd < step.null!.change,
      ).length;
      const falls = known.filter((step) => step.change < 0 && step.change < step.null!.change).length;
      expect(known.every((step) => step.null !== null)).toBe(true);
      expect(grown[1] === 'none' ? 0 : Number(grown[1])).toBe(beyond);
      expect(Number(grown[2])).toBe(known.length);
      expect(Number(/beyond it in (\d+)/.exec(text)?.[1] ?? 0)).toBe(falls - beyond);
    }
    if (subject === 'masking') {
      const { signs, together, logit } = given.carried!;
      const weight = signs.length > 1 && together !== null ? together : signs[0].weight!;
      const costs = /costs (−?\d+\.\d+) of (−?\d+\.\d+) logits/.exec(text);
      const moves = /(lowers|raises) the logit from (−?\d+\.\d+) to (−?\d+\.\d+)/.exec(text);
      const stays = /leaves the logit at (−?\d+\.\d+)/.exec(text);
      const number = (digits: string) => Number(digits.replace('−', '-'));
      if (costs) {
        expect(weight).toBeGreaterThan(0);
        expect(Math.abs(number(costs[1]) - weight)).toBeLessThan(0.051);
        expect(Math.abs(number(costs[2]) - logit)).toBeLessThan(0.051);
      } else if (moves) {
        expect(moves[1]).toBe(weight > 0 ? 'lowers' : 'raises');
        expect(Math.abs(number(moves[3]) - (logit - weight))).toBeLessThan(0.051);
      } else {
        expect(stays).not.toBeNull();
        expect(Math.abs(weight)).toBeLessThan(0.005);
      }
    }
  }
}

it('never says more than the numbers, whatever the analysis', () => {
  fc.assert(fc.property(anyFacts, holds), { numRuns: 300 });
});

it('is only gone on with when more is known, within the room kept for it', () => {
  fc.assert(
    fc.property(anyFacts, (given) => {
      const { steps, layers } = given;
      const stages: VerdictFacts[] = [
        {
          ...given,
          layers: layers.map((each) => ({ ...each, signs: null, nullSigns: null })),
          steps: null,
          carried: null,
        },
        { ...given, layers: layers.map((each) => ({ ...each, nullSigns: null })), steps: null },
        { ...given, steps: steps?.map((step) => step && { ...step, null: null }) ?? null },
        given,
      ];
      const told = stages.map((stage) => say(stage).join(' '));
      for (const [i, text] of told.entries()) expect((told[i + 1] ?? text).startsWith(text)).toBe(true);
      for (const stage of stages) {
        expect(verdictRoom(stage)).toBe(verdictRoom(given));
        expect(verdictRoom(stage).length).toBeGreaterThanOrEqual(told[3].length);
      }
    }),
    { numRuns: 50 },
  );
});
