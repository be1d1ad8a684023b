import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DecisionCurvesData, RandomisedWeightsData } from '../../../figures';
import { curvesInWords, randomisedInWords } from './trust-words';

const curve = (area: number, shuffled: number[], ends: [number, number]) => ({
  values: ends,
  area,
  shuffled: shuffled.map((area) => ({ values: ends, area })),
});

const curves = (deletion: number, insertion: number, blurred = 0.1): DecisionCurvesData => ({
  layer: 'conv5_2',
  label: 'golf ball',
  of: 'probability',
  deletion: curve(deletion, [0.5, 0.6], [0.9, blurred]),
  insertion: curve(insertion, [0.4, 0.5], [blurred, 0.9]),
});

describe('what the curves say', () => {
  it.each([
    [
      curves(0.3, 0.7),
      'Both ways the map of conv5_2 finds the pixels that “golf ball” rests on better than any of 2 shuffled maps.',
    ],
    [
      curves(0.55, 0.45),
      'The map of conv5_2 does not stand out from 2 shuffled maps in finding the pixels that “golf ball” rests on: in deleting them 1 of these does as well or better, in inserting them 1. Do not trust it here.',
    ],
    [
      curves(0.3, 0.45),
      'The map of conv5_2 does better than 2 shuffled maps in deleting pixels, not in inserting them: trust it with care.',
    ],
    [
      curves(0.55, 0.7),
      'The map of conv5_2 does better than 2 shuffled maps in inserting pixels, not in deleting them: trust it with care.',
    ],
    [
      curves(0.3, 0.7, 0.8),
      'Both ways the map of conv5_2 finds the pixels that “golf ball” rests on better than any of 2 shuffled maps. Blurred as a whole the picture still gets 80.0 %: colours and large shapes alone speak for the class, and the curves tell less.',
    ],
  ])('is right', (data, expected) => {
    expect(curvesInWords(data)).toBe(expected);
  });
});

describe('what randomised weights say', () => {
  const randomised = ['logits', 'conv5_2', 'conv5_1'];
  const words = (similarity: (number | null)[][], order?: RandomisedWeightsData['order']) =>
    randomisedInWords({ order, randomised, layers: [{ name: 'conv5_2', similarity }], selected: 0 });

  it('names the course, and the layer that matters most where each is randomised alone', () => {
    expect(words([[0.9], [0.3], [0.1]], 'from-the-bottom')).toContain(
      'falls apart once the weights from the first layer up to conv5_2 are randomised',
    );
    expect(words([[0.9], [-0.1, 0.1], [0.4]], 'independent')).toBe(
      'The map of conv5_2 depends most on conv5_2 (rank correlation 0.00 with its weights alone randomised); it falls apart with 2 layers of 3.',
    );
    expect(words([[0.9], [0.8], [0.7]], 'independent')).toBe(
      'The map of conv5_2 hardly changes whichever layer is randomised, the most with conv5_1 (rank correlation 0.70 with its weights alone randomised): no layer by itself decides it.',
    );
  });

  it.each([
    [
      [[0.98, 0.9], [0.9], [0.8, 0.7]],
      'The map of conv5_2 hardly changes when the network is destroyed (rank correlation 0.75 with all weights randomised): do not trust it.',
    ],
    [
      [[0.9], [0.6], [0.4, 0.3]],
      'With all weights randomised the map of conv5_2 still resembles the trained network’s (rank correlation 0.35): trust it with care.',
    ],
    [
      [[0.4], [0.1], [-0.1]],
      'The map of conv5_2 falls apart as soon as the weights of logits are randomised, and with all weights randomised little is left of it (rank correlation −0.10): it depends on what the network has learnt.',
    ],
    [
      [[0.9], [null], [0.1, null]],
      'The map of conv5_2 falls apart once the weights from the last layer down to conv5_2 are randomised, and with all weights randomised little is left of it (rank correlation 0.05): it depends on what the network has learnt.',
    ],
    [
      // It comes back before it is gone for good.
      [[0.4], [0.9], [0.1]],
      'The map of conv5_2 falls apart once the weights from the last layer down to conv5_1 are randomised, and with all weights randomised little is left of it (rank correlation 0.10): it depends on what the network has learnt.',
    ],
    [
      // A hair below where it would be called hardly changed.
      [[0.9], [0.6], [0.4987]],
      'With all weights randomised the map of conv5_2 still resembles the trained network’s (rank correlation 0.499): trust it with care.',
    ],
    [
      [[0.9], [null], [null, null]],
      'With all weights randomised nothing is left of the map of conv5_2: it depends on what the network has learnt.',
    ],
  ])('is right for %j', (similarity, expected) => {
    expect(words(similarity)).toBe(expected);
  });
});

it('counts the shuffled maps that do as well, whatever the curves', () => {
  const area = fc.constantFrom(0.1, 0.2, 0.3, 0.4);
  const areas = fc.array(area, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(area, areas, area, areas, (deleted, deletions, inserted, insertions) => {
      const text = curvesInWords({
        ...curves(0, 0),
        deletion: curve(deleted, deletions, [0.9, 0.1]),
        insertion: curve(inserted, insertions.slice(0, deletions.length), [0.1, 0.9]),
      });
      const deleting = deletions.filter((each) => each <= deleted).length;
      const inserting = insertions.slice(0, deletions.length).filter((each) => each >= inserted).length;
      expect(text.includes('better than any')).toBe(deleting === 0 && inserting === 0);
      expect(/in deleting pixels/.test(text)).toBe(deleting === 0 && inserting > 0);
      expect(/in inserting pixels/.test(text)).toBe(inserting === 0 && deleting > 0);
      const counts = /in deleting them (\d+) of these .* in inserting them (\d+)\./.exec(text);
      expect(counts?.slice(1).map(Number)).toEqual(deleting && inserting ? [deleting, inserting] : undefined);
    }),
  );
});
