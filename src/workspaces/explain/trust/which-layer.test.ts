import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrustFamily } from '../../../faithfulness/trust/trust-measures';
import { layerInWords } from './trust-in-words';
import { type JudgedMeasure, whichLayer } from './which-layer';

const families: TrustFamily[] = ['faithfulness', 'robustness', 'randomisation'];
const count = 5;
const value = fc.option(fc.integer({ min: -4, max: 4 }), { freq: 6, nil: null });
const measure = fc.record({
  name: fc.constantFrom('a', 'b', 'c'),
  family: fc.constantFrom(...families),
  better: fc.constantFrom('high' as const, 'low' as const),
  values: fc.array(value, { minLength: count, maxLength: count }),
});
const measures = fc.array(measure, { minLength: 1, maxLength: 6 });
const candidates = fc.array(fc.boolean(), { minLength: count, maxLength: count });
const worth = ({ better, values }: JudgedMeasure, layer: number) => {
  const own = values[layer];
  if (own === null) return Number.NEGATIVE_INFINITY;
  return better === 'high' ? own : -own;
};

describe('the layer that holds best', () => {
  it('is beaten in every measure by no other, holds evidence, and does not hang on order or scale', () => {
    fc.assert(
      fc.property(measures, candidates, (asked, holds) => {
        const choice = whichLayer(asked, holds);
        if (!choice) {
          // Then no measure tells two layers apart.
          for (const one of asked) {
            const known = one.values.filter((own, layer) => holds[layer] && own !== null);
            expect(new Set(known).size).toBeLessThan(2);
          }
          return;
        }
        const { layer, ranks } = choice;
        expect(holds[layer]).toBe(true);
        expect(ranks.map((rank) => rank !== null)).toEqual(holds);
        for (let other = 0; other < count; other++) {
          if (!holds[other] || other === layer) continue;
          expect(asked.every((one) => worth(one, other) > worth(one, layer))).toBe(false);
        }
        expect(whichLayer(asked.toReversed(), holds)?.layer).toBe(layer);
        const scaled = asked.map((one) => ({
          ...one,
          values: one.values.map((own) => (own === null ? null : own ** 3 * 2 + 1)),
        }));
        expect(whichLayer(scaled, holds)?.ranks).toEqual(ranks);
      }),
      { numRuns: 200 },
    );
  });

  it('is not outvoted by a family of many measures', () => {
    const faithful = (name: string): JudgedMeasure => ({
      ...{ name, family: 'faithfulness', better: 'high', values: [3, 2, 1] },
    });
    const robust: JudgedMeasure = {
      ...{ name: 'Max-sensitivity', family: 'robustness', better: 'low', values: [3, 1, 2] },
    };
    expect(whichLayer([faithful('a'), faithful('b'), faithful('c'), robust], [true, true, true])).toEqual({
      ...{ layer: 1, ranks: [2, 1.5, 2.5], of: 3, next: 0 },
      places: [...['a', 'b', 'c'].map((name) => ({ name, place: 2 })), { name: 'Max-sensitivity', place: 1 }],
    });
  });
});

describe('in words', () => {
  const names = ['conv1', 'conv2', 'conv3'];
  const road: JudgedMeasure = { name: 'ROAD', family: 'faithfulness', better: 'high', values: [0, 0.1, 0.4] };
  const steady: JudgedMeasure = {
    ...{ name: 'Max-sensitivity', family: 'robustness', better: 'low', values: [0.4, 0.2, 0.1] },
  };
  const all = [true, true, true];

  it('names the layer with its places, and what is not measured', () => {
    expect(layerInWords(whichLayer([steady], all), names, false)).toBe(
      'conv3 holds best: 1st of 3 layers by max-sensitivity. Whether its map is faithful is not measured yet.',
    );
    expect(layerInWords(whichLayer([road, steady], all), names, true)).toBe(
      'conv3 holds best: 1st of 3 layers by ROAD and max-sensitivity.',
    );
  });

  it('lists measures by the place they give', () => {
    const shuffled = (name: string, values: number[]): JudgedMeasure => ({
      ...{ name, family: 'randomisation', better: 'low', values },
    });
    const found = whichLayer(
      [
        road,
        shuffled('MPRT, cascading', [0.3, 0.1, 0.2]),
        steady,
        shuffled('MPRT, independent', [0.3, 0.1, 0.2]),
        shuffled('Random logit', [0.3, 0.2, 0.1]),
      ],
      all,
    );
    expect(layerInWords(found, names, true)).toBe(
      'conv3 holds best: 1st of 3 layers by ROAD, max-sensitivity and random logit; 2nd by MPRT (cascading) and MPRT (independent).',
    );
  });

  it('says where the measures do not agree', () => {
    const against: JudgedMeasure = { ...steady, values: [0.1, 0.2, 0.4] };
    expect(layerInWords(whichLayer([road, against], all), names, true)).toBe(
      'No layer stands out: the measures disagree. conv3 is 1st of 3 layers by ROAD; 3rd by max-sensitivity; conv2 is as good on the whole.',
    );
    expect(layerInWords(null, names, true)).toBe('No measure tells the layers apart.');
  });
});
