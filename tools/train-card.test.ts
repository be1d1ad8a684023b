import { describe, expect, it } from 'vitest';
import { trainingReport } from '../src/training/export/training-report';
import { manifestOf, modelCard } from './train-card';
import { curvesFigure } from './train-figure';
import { bundledNetworks } from './train-recipes';

const [, { architecture, recipe, description }] = bundledNetworks;
const classes = Array.from({ length: 10 }, (_, i) => `class ${i}`);
const history = {
  steps: [1, 2, 3, 4].map((step) => ({
    step,
    loss: 1 / step,
    accuracy: 0.2 * step,
    learningRate: 0.1,
    time: 5,
  })),
  epochs: [
    { epoch: 1, step: 2, loss: 0.75, accuracy: 0.5, profile: null },
    { epoch: 2, step: 4, loss: 0.4, accuracy: 0.75, profile: null },
  ],
};

const card = {
  id: 'pictographs',
  description,
  report: trainingReport({
    title: 'pictographs',
    architecture,
    recipe,
    source: 'Scenes',
    data: { classes, train: 1280, heldOut: 100, refused: [] },
    backend: 'WebAssembly (2 threads)',
    history,
    evaluation: {
      loss: 0.1,
      accuracy: 0.975,
      confusion: classes.map((_, i) => classes.map((__, j) => (i === j ? 4 : 0))),
    },
    evaluatedOn: '40 fresh scenes',
    made: '2026-03-01T12:30:05.000Z',
  }),
  sha256: 'abc',
  bytes: 1234567,
  command: 'npm run train -- pictographs',
};

describe('a network that was trained from the command line', () => {
  it('has a manifest that the page can read', () => {
    expect(manifestOf(card)).toEqual({
      id: 'pictographs',
      title: 'pictographs, 10 classes',
      description: `${description} 97.5 % of 40 fresh scenes are named right.`,
      format: 'tfjs-layers-model',
      model: 'model.json',
      bytes: 1234567,
      inputShape: [64, 64, 3],
      preprocessing: { scale: 1 / 127.5, offset: -1 },
      labels: classes,
    });
  });
  it('has a card with data, recipe, accuracy by class and confusion', () => {
    const text = modelCard(card);
    for (const part of [
      '| Accuracy | 97.5 % of 40 fresh scenes |',
      '| Seed | 7 |',
      '`npm run train -- pictographs`, on WebAssembly (2 threads), finished 2026-03-01.',
      'after the last epoch 75.0 % of the 100 held-out ones were named right',
      '| class 3 | 4 | 100.0 % | 100.0 % | never |',
      '| class 9 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 4 |',
      '![Loss and accuracy over the training](curves.svg)',
    ]) {
      expect(text).toContain(part);
    }
  });
  it('has its curves drawn: a step a point, a dot an epoch', () => {
    const captions = { loss: 'Loss here.', accuracy: 'Accuracy here.' };
    const svg = curvesFigure(history, { stepsPerEpoch: 2, epochs: 2 }, captions);
    expect(svg).toMatch(/^<\?xml/);
    expect(svg).toContain('Loss here.');
    expect(svg.match(/<circle/g)).toHaveLength(4);
  });
  it.each(bundledNetworks)(
    '$id is trained by a recipe whose weights are those of its last step',
    (network) => {
      expect(network.recipe.patience).toBeNull();
      expect(network.architecture.classes).toBe(10);
    },
  );
});
