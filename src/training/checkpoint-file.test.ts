import { describe, expect, it } from 'vitest';
import { exampleRecipe } from '../search/search-testing';
import { CheckpointError, parseCheckpoint, serialiseCheckpoint } from './checkpoint-file';
import { exampleArchitectures, exampleWeights } from './export/export-testing';
import type { Checkpoint } from './training-methods';

const architecture = exampleArchitectures.residual;
const weights = exampleWeights(architecture);
const checkpoint: Checkpoint = {
  architecture,
  recipe: exampleRecipe,
  step: 3,
  weights,
  moments: weights.map((weight) => ({ ...weight, name: `${weight.name}/velocity` })),
  best: { epoch: 1, weights: weights.slice(0, 2) },
  history: {
    steps: [{ step: 1, loss: 2.3, accuracy: 0.1, learningRate: 0.01, time: 12 }],
    epochs: [
      {
        epoch: 1,
        step: 2,
        loss: 2,
        accuracy: 0.3,
        profile: [{ name: 'conv1', entropy: 3, null: 4, error: null }],
      },
    ],
  },
};

describe('a checkpoint file', () => {
  it('opens as it was saved, bit by bit', () => {
    expect(parseCheckpoint(serialiseCheckpoint(checkpoint))).toEqual(checkpoint);
    expect(parseCheckpoint(serialiseCheckpoint({ ...checkpoint, best: null })).best).toBeNull();
  });
  it('is refused in words where it is damaged', () => {
    const text = serialiseCheckpoint(checkpoint);
    expect(() => parseCheckpoint(text.slice(0, -5))).toThrow(CheckpointError);
    expect(() => parseCheckpoint('{"schema":"supersign/search"}')).toThrow(
      /no checkpoint of a training: schema/,
    );
    const damaged = JSON.parse(text);
    damaged.weights[0].float32 = damaged.weights[0].float32.slice(0, 8);
    expect(() => parseCheckpoint(JSON.stringify(damaged))).toThrow(
      new CheckpointError('The checkpoint is damaged: the weights conv1/filter are no base64 of float32.'),
    );
    damaged.weights[0].float32 = 'AAAAAA==';
    expect(() => parseCheckpoint(JSON.stringify(damaged))).toThrow('not as many as their shape tells');
  });
});
