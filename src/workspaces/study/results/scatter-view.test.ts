import { describe, expect, it } from 'vitest';
import { studyWith } from '../../../study/study-testing';
import type { StudyView } from '../run/study-store';
import { axisChoices, scatterData, scatterTitle } from './scatter-view';

const study = studyWith({
  images: [
    { probability: 0.1, trueProbability: 0.1 },
    { probability: 0.2, trueProbability: null, trueClass: null },
    { probability: 0.4, trueProbability: 0.3, predicted: 1 },
  ],
  layers: ['conv1', 'conv2'],
  numbers: {
    'aura-matrix': (image, layer) => (layer ? [1, 2, 4][image] : 0.5),
    signs: (image, layer) => (layer ? [9, 4, Number.NaN][image] : 7),
  },
});
const view: StudyView = {
  column: null,
  target: 'predicted',
  grouping: 'answer',
  spread: null,
  x: null,
  y: null,
  layer: null,
};

describe('the scatter', () => {
  it('shows the first entropy at the last layer against the probability, unless asked for another', () => {
    const data = scatterData(study, view);
    expect(scatterTitle(data)).toBe('Aura matrix (AME) at conv2 against probability of the predicted class');
    expect([...data.x]).toEqual([0.1, 0.2, 0.4]);
    expect([...data.y]).toEqual([1, 2, 4]);
    expect(data.answers).toEqual(['right', 'unknown', 'wrong']);
    // The one is ten times the other.
    expect(data.note).toBe('Pearson 1.00, Spearman 1.00');
    const other = scatterData(study, { ...view, x: 'signs', y: 'true probability' });
    expect(scatterTitle(other)).toBe('Probability of the true class against signs at conv2');
    expect([...other.y]).toEqual([0.1, Number.NaN, 0.3]);
  });

  it('says so where one number is constant, and takes no notice of axes that do not exist', () => {
    expect(scatterData(study, { ...view, layer: 'conv1' }).note).toBe(
      'no correlation: one of the two is constant',
    );
    expect(scatterData(study, { ...view, x: 'warmth', y: 'warmth' }).ids).toEqual({
      x: 'probability',
      y: 'aura-matrix',
    });
    expect(axisChoices(study).map(({ id }) => id)).toContain('largest share');
  });
});
