import { describe, expect, it } from 'vitest';
import { type TrainingReport, trainingReport } from '../src/training/export/training-report';
import type { Freezing } from '../src/training/training-methods';
import { UsageError } from './command-line';
import { comparedTrainings } from './train-comparison';
import { bundledNetworks } from './train-recipes';

const [, { architecture, recipe }] = bundledNetworks;
const classes = Array.from({ length: 10 }, (_, i) => `class ${i}`);

const trained = (
  seed: number,
  freezing: Freezing | undefined,
  { accuracy, processorSeconds }: { accuracy: number; processorSeconds?: number },
  frozen: string[] = [],
): TrainingReport =>
  trainingReport({
    title: 'pictographs',
    architecture,
    recipe: { ...recipe, seed, ...(freezing && { freezing }) },
    source: 'Scenes',
    data: { classes, train: 1280, heldOut: 100, refused: [] },
    backend: 'WebAssembly (1 thread)',
    history: {
      steps: [],
      epochs: [frozen, ['conv1_1', 'conv1_2', 'conv2_1']].map((own, i) => ({
        ...{ epoch: i + 1, step: 40 * (i + 1), loss: 1, accuracy, profile: null, frozen: own },
      })),
    },
    evaluation: { loss: 0.1, accuracy, confusion: classes.map(() => classes.map(() => 0)) },
    evaluatedOn: '1,000 fresh scenes',
    made: '2026-03-01T12:30:05.000Z',
    ...(processorSeconds && { processorSeconds }),
  });

const clock: Freezing = { by: 'clock', from: 0.3 };
const trainings = [
  trained(7, undefined, { accuracy: 0.99, processorSeconds: 100 }),
  trained(8, undefined, { accuracy: 0.98, processorSeconds: 200 }),
  trained(8, clock, { accuracy: 0.975, processorSeconds: 140 }, ['conv1_1', 'conv1_2']),
  trained(7, clock, { accuracy: 0.987, processorSeconds: 80 }, ['conv1_1']),
];

describe('trainings that freeze, beside those that do not', () => {
  it('are compared seed by seed', () => {
    // Lost: 0.5 and 0.3 points, mean 0.4, half an interval 12.7062 * 0.1414 / sqrt(2) = 1.27; saved: 30 % and 20 %, half 12.7062 * 5.
    expect(comparedTrainings(trainings).split('\n').slice(2)).toEqual([
      '| No freezing | 7, 8 |  | 98.50 % |  | 150 s |  |',
      '| By the clock | 8, 7 | 2, 1 | 98.10 % | 0.40 (-0.87 to 1.67) | 110 s | 25 % (-39 to 89 %) |',
    ]);
  });

  it('have no interval of one seed, and no time where one of them was gone on with', () => {
    const [plain, , , frozen] = trainings;
    expect(comparedTrainings([plain, frozen])).toContain('| 0.30 | 80 s | 20 % |');
    const resumed = trained(7, clock, { accuracy: 0.987 }, ['conv1_1']);
    expect(comparedTrainings([plain, resumed])).toContain('| 0.30 | not known | not known |');
  });

  it.each([
    [[trainings[2]], 'None of these trainings was made without freezing.'],
    [[trainings[0], trainings[2]], 'Seed 8 has no training without freezing.'],
    [
      [trainings[0], { ...trainings[3], recipe: { ...trainings[3].recipe, epochs: 3 } }],
      'These trainings differ in more than their seeds and what they freeze.',
    ],
  ])('are refused where they do not go together', (reports, words) => {
    expect(() => comparedTrainings(reports)).toThrow(UsageError);
    expect(() => comparedTrainings(reports)).toThrow(words);
  });
});
