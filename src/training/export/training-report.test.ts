import { describe, expect, it } from 'vitest';
import type { Recipe } from '../training-methods';
import { exampleArchitectures } from './export-testing';
import { reportText } from './report-text';
import { classResults, trainingReport } from './training-report';

// Recall, precision: counted by hand.
const confusion = [
  [8, 2, 0, 0],
  [1, 6, 3, 0],
  [0, 0, 10, 0],
  [0, 0, 0, 0],
];
const labels = ['boat', 'car', 'tree', 'robot|x'];

const recipe: Recipe = {
  optimiser: { kind: 'sgd', momentum: 0.9 },
  learningRate: 0.05,
  schedule: 'one-cycle',
  epochs: 2,
  batch: 30,
  weightDecay: 0.0005,
  labelSmoothing: 0.1,
  augmentation: { mirror: true, shift: 0.1, scale: 0.05, colour: 0.2 },
  patience: null,
  seed: 12,
};

const step = (number: number, loss: number, accuracy: number) => ({
  step: number,
  loss,
  accuracy,
  learningRate: 0.01,
  time: 1,
});

const report = trainingReport({
  title: 'Small one',
  architecture: exampleArchitectures.plain,
  recipe,
  source: 'a folder of 4 classes',
  data: {
    classes: labels,
    train: 60,
    heldOut: 30,
    refused: [{ path: 'a/b_c.txt', reason: 'is no picture' }],
  },
  backend: 'WebAssembly (2 threads)',
  history: {
    steps: [step(1, 2, 0.25), step(2, 1, 0.75), step(3, 0.5, 1)],
    epochs: [
      { epoch: 1, step: 2, loss: 1.2345, accuracy: 0.5, profile: null },
      { epoch: 2, step: 3, loss: 0.9, accuracy: 0.8, profile: null },
    ],
  },
  evaluation: { loss: 0.9, accuracy: 0.8, confusion },
  evaluatedOn: 'held out',
  made: '2026-03-01T12:30:05.000Z',
});

describe('results by class', () => {
  it('are recall, precision and the commonest mistake', () => {
    expect(classResults(labels, confusion)).toEqual([
      {
        label: 'boat',
        pictures: 10,
        recall: 0.8,
        precision: 8 / 9,
        mistakenFor: { label: 'car', pictures: 2 },
      },
      {
        label: 'car',
        pictures: 10,
        recall: 0.6,
        precision: 0.75,
        mistakenFor: { label: 'tree', pictures: 3 },
      },
      { label: 'tree', pictures: 10, recall: 1, precision: 10 / 13, mistakenFor: null },
      { label: 'robot|x', pictures: 0, recall: null, precision: null, mistakenFor: null },
    ]);
  });
  it('need a square of counts', () => {
    expect(() => classResults(labels, confusion.slice(1))).toThrow(RangeError);
  });
});

describe('the report', () => {
  it('counts what the architecture has: 5 x 5 x 3 x 5 + 5, 3 x 3 x 5 x 6 + 6, 54 x 9 + 9, 9 x 4 + 4', () => {
    expect(report.parameters).toBe(380 + 276 + 495 + 40);
    expect(report.multiplyAdds).toBe(16 * 16 * 375 + 6 * 6 * 270 + 486 + 36);
  });
  it('is read as text: mean of each epoch, classes, confusion, and what was left out', () => {
    const text = reportText(report);
    expect(text).toContain('Of 30 pictures (held out) 80.0 % are named right; mean loss 0.9000.');
    expect(text).toContain('| 1 | 1.5000 | 50.0 % | 1.2345 | 50.0 % |');
    expect(text).toContain('| 2 | 0.5000 | 100.0 % | 0.9000 | 80.0 % |');
    expect(text).toContain('| robot\\|x | 0 | none | none | never |');
    expect(text).toContain('| car | 1 | 6 | 3 | 0 |');
    expect(text).toContain('- a/b\\_c.txt: is no picture');
    expect(text).toContain('SGD, momentum 0.9');
    expect(text).toContain(
      '| Augmentation | mirrored at random, shifted by up to 10.0 %, scaled by up to 5.0 %, colours changed by up to 20.0 % |',
    );
    const still = { mirror: false, shift: 0, scale: 0, colour: 0 };
    expect(reportText({ ...report, recipe: { ...recipe, augmentation: still } })).toContain(
      '| Augmentation | none |',
    );
  });
  it('is JSON', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
