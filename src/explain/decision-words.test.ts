import { describe, expect, it } from 'vitest';
import { type Carried, type CarryingSign, carriedInWords, logitInWords } from './decision-words';

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
      'The network rests its “golf ball” on one supersign; masking it raises the logit from 9.8 to 10.1.',
    ],
    [
      'a sign worth more than the logit',
      carried([sign(0, 6, 11.2)]),
      'The network rests its “golf ball” on one supersign; masking it lowers the logit from 9.8 to −1.4.',
    ],
    [
      'a sign worth nothing',
      carried([sign(0, 6, 0.001)]),
      'The network rests its “golf ball” on one supersign; masking it leaves the logit at 9.8.',
    ],
    [
      'a class that is not the winner',
      carried([sign(0, 6, 0.8, 0)], church),
      'The network decides for “golf ball” (94.1 %). What speaks for “church” (0.4 %) is one sign; masking it lowers the logit from −1.2 to −2.0.',
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
