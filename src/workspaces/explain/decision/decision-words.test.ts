import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barEnd, type Carried, type CarryingSign, carriedInWords, logitInWords } from './decision-words';

const sign = (id: number, mass: number, weight: number | null, order = 2): CarryingSign => ({
  id,
  form: order > 1 ? 'supersign' : order === 1 ? 'carried' : 'emerges',
  order,
  mass,
  share: mass / 10,
  weight,
  weightAtInput: null,
});

const carried = (signs: CarryingSign[], change: Partial<Carried> = {}): Carried => ({
  label: 'golf ball',
  probability: 0.941,
  logit: 9.8,
  preferred: null,
  layer: 'conv5_2',
  signs,
  together: null,
  ...change,
});

const church = {
  label: 'church',
  probability: 0.004,
  logit: -1.2,
  preferred: { label: 'golf ball', probability: 0.941 },
};

describe('what carries a decision, in words', () => {
  it.each([
    [
      'two supersigns',
      carried([sign(0, 6, 4.1), sign(1, 2, 1.3)], { together: 6.02 }),
      'The network rests its “golf ball” on two supersigns; masking the larger one costs 4.1 of 9.8 logits. Masking both at once costs 6.0 of 9.8 logits.',
    ],
    [
      'one sign',
      carried([sign(0, 6, 4.1, 1)], { together: 4.1 }),
      'The network rests its “golf ball” on one sign; masking it costs 4.1 of 9.8 logits.',
    ],
    [
      'one supersign, not weighed yet',
      carried([sign(0, 6, null)]),
      'The network rests its “golf ball” on one supersign.',
    ],
    [
      'no sign',
      carried([]),
      'The network decides for “golf ball”, but the last layer, conv5_2, holds no positive evidence for it: there is no sign to mask.',
    ],
    [
      'no sign for another class',
      carried([], church),
      '“church” (0.4 %) is not what the network decides for, and the last layer, conv5_2, holds no positive evidence for it: there is no sign to mask.',
    ],
    [
      'a sign that speaks against the class',
      carried([sign(0, 6, -0.32)]),
      'The network decides for “golf ball”, but its logit does not rest on the map: the last layer, conv5_2, shows one supersign; masking it raises the logit from 9.8 to 10.1.',
    ],
    [
      'a sign worth more than the logit',
      carried([sign(0, 6, 11.2)]),
      'The network rests its “golf ball” on one supersign; masking it lowers the logit from 9.8 to −1.4.',
    ],
    [
      'a sign worth nothing',
      carried([sign(0, 6, 0.001)]),
      'The network decides for “golf ball”, but its logit does not rest on the map: the last layer, conv5_2, shows one supersign; masking it leaves the logit at 9.8.',
    ],
    [
      'a sign of another class that speaks against it',
      carried([sign(0, 6, -0.02, 0)], church),
      'The network decides for “golf ball” (94.1 %). For “church” (0.4 %) the last layer, conv5_2, shows one sign; masking it raises the logit from −1.20 to −1.18.',
    ],
    [
      'a class that is not the winner',
      carried([sign(0, 6, 0.8, 0)], church),
      'The network decides for “golf ball” (94.1 %). What speaks for “church” (0.4 %) is one sign; masking it lowers the logit from −1.2 to −2.0.',
    ],
    [
      'several signs of a class that is not the winner',
      carried([sign(0, 6, 0.8, 0), sign(1, 3, 0.1, 1)], church),
      'The network decides for “golf ball” (94.1 %). What speaks for “church” (0.4 %) are two signs; masking the larger one lowers the logit from −1.2 to −2.0.',
    ],
    [
      'many signs, the weightiest not the largest',
      carried([sign(0, 6, 1), sign(1, 2, 0.5, 1), sign(2, 1, 4.2, 0)], { together: 7.5 }),
      'The network rests its “golf ball” on three signs, one of them a supersign; masking the largest costs 1.0 of 9.8 logits, masking the third costs 4.2 of 9.8 logits. Masking all three at once costs 7.5 of 9.8 logits.',
    ],
    [
      'more signs than there are words for',
      carried(Array.from({ length: 14 }, (_, i) => sign(i, 14 - i, i === 0 ? 0.04 : 0))),
      'The network rests its “golf ball” on 14 supersigns; masking the largest costs 0.04 of 9.8 logits.',
    ],
  ])('%s', (_, given, expected) => {
    expect(carriedInWords(given)).toBe(expected);
  });

  it('draws weights against the whole logit, and never a trifle at full length', () => {
    expect(barEnd(carried([sign(0, 6, 4.1)]))).toBe(9.8);
    expect(barEnd(carried([sign(0, 6, 4.1), sign(1, 6, -12)]))).toBe(12);
    expect(barEnd(carried([sign(0, 6, 0.05)], church))).toBe(1);
  });

  it('writes logits with the digits that matter', () => {
    expect([12.34, -1.25, 0.1, 0.0949, 0.05, 0.004, -0.004, 0].map(logitInWords)).toEqual([
      '12.3',
      '−1.3',
      '0.1',
      '0.09',
      '0.05',
      '0.0',
      '0.0',
      '0.0',
    ]);
  });
});

/** "1.3", "−0.04" */
const value = (text: string) => Number(text.replace('−', '-'));

it('never says what its numbers deny', () => {
  const weights = fc.option(
    fc.oneof(fc.double({ min: -3, max: 12, noNaN: true }), fc.constantFrom(0, 0.004, -0.02)),
  );
  const anything = fc.record({
    signs: fc.array(weights, { minLength: 1, maxLength: 5 }),
    known: fc.boolean(),
    logit: fc.double({ min: -3, max: 12, noNaN: true }),
    together: weights,
    other: fc.boolean(),
  });
  fc.assert(
    fc.property(anything, ({ signs, known, logit, together, other }) => {
      const own = signs.map((weight, i) => sign(i, signs.length - i, known ? (weight ?? 0) : null));
      const given = carried(own, { ...(other ? church : {}), logit, together: known ? together : null });
      const text = carriedInWords(given);
      const costs = [given.together, ...own.map(({ weight }) => weight)].filter((weight) => weight !== null);
      const saysSo = /rests its|What speaks for/.test(text);
      expect(saysSo).toBe(costs.length === 0 || costs.some((weight) => weight >= 0.005));
      for (const [, verb, from, to] of text.matchAll(
        /(lowers|raises) the logit from (\S+) to (\S+?)[.,]? /g,
      )) {
        expect(verb === 'lowers' ? value(to) < value(from) : value(to) > value(from)).toBe(true);
      }
      for (const [, cost, of] of text.matchAll(/costs (\S+) of (\S+) logits/g)) {
        expect(value(cost)).toBeGreaterThan(0);
        expect(value(cost)).toBeLessThanOrEqual(value(of));
      }
    }),
    { numRuns: 1000 },
  );
});
