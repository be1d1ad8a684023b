import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { noise, startBackend } from '../engine/engine-testing';
import { buildNetwork } from '../network/build';
import { predict } from '../network/run-network';
import { architectureGraph } from './architecture/architecture-graph';
import { weightsFromGraph } from './architecture/graph-weights';
import { initialWeights } from './architecture/initial-weights';
import type { NamedWeight } from './architecture/named-weight';
import { presetOf } from './architecture/presets';
import { evaluateNetwork } from './evaluate';
import { renewStatistics, restoreStatistics } from './restore-statistics';
import { createTrainingSession } from './session';
import type { Recipe } from './training-methods';
import { barPictures, still } from './training-testing';

const side = 16;
const architecture = { ...presetOf('small-resnet').architecture, side, classes: 4, dropout: 0.3 };
const data = barPictures(side, 4, 64, 16);

const recipe: Recipe = {
  optimiser: { kind: 'sgd', momentum: 0 },
  learningRate: 1e-9,
  schedule: 'constant',
  epochs: 1,
  batch: 64,
  weightDecay: 0,
  labelSmoothing: 0,
  augmentation: still,
  patience: null,
  seed: 1,
};

async function logitsOf(weights: readonly NamedWeight[]): Promise<Float32Array> {
  const network = buildNetwork(architectureGraph(architecture, weights));
  const picture = noise([1, side, side, 3], 3) as tf.Tensor4D;
  const logits = Float32Array.from(await predict(network, picture, async () => {}));
  network.dispose();
  picture.dispose();
  return logits;
}

describe('statistics of folded normalisations', () => {
  beforeAll(() => startBackend('wasm'));

  it('come back without changing what the network computes, and training takes up where it was', async () => {
    const { numTensors } = tf.memory();
    // A network with running statistics of its own, folded as every file of a network has it.
    const trained = createTrainingSession({
      data,
      architecture,
      recipe: { ...recipe, learningRate: 0.05, batch: 16, epochs: 14 },
      weights: null,
    });
    while (!(await trained.advance(100)).done);
    const before = await trained.graph();
    const { weights: folded, missing } = weightsFromGraph(architecture, before);
    expect(missing).toEqual([]);
    const restored = await restoreStatistics(architecture, folded, data);
    const [expected, actual] = [await logitsOf(folded), await logitsOf(restored)];
    actual.forEach((logit, i) => {
      expect(Math.abs(logit - expected[i])).toBeLessThan(2e-3 * Math.max(1, Math.abs(expected[i])));
    });
    const { loss } = await trained.evaluate(null);
    /** Loss of the first step of a training that does not move. */
    const firstLoss = async (weights: NamedWeight[]) => {
      const plain = { ...architecture, dropout: 0 };
      const session = createTrainingSession({ data, architecture: plain, recipe, weights });
      const { reports } = await session.advance(1);
      session.dispose();
      return reports[0].loss;
    };
    expect(loss).toBeLessThan(0.4);
    expect(await firstLoss(restored)).toBeLessThan(0.4);
    expect(await firstLoss(folded)).toBeGreaterThan(2 * (await firstLoss(restored)));
    trained.dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('are those of the inputs now once they are renewed, layer after layer', async () => {
    const weights = initialWeights(architecture, 1);
    const renewed = await renewStatistics(architecture, weights, data);
    const isStatistic = ({ name }: NamedWeight) => /\/(mean|variance)$/.test(name);
    expect(renewed.filter((weight) => !isStatistic(weight))).toEqual(
      weights.filter((weight) => !isStatistic(weight)),
    );
    // What the batch is normalised by in training and by the running statistics is then the same.
    const plain = { ...architecture, dropout: 0 };
    const session = createTrainingSession({ data, architecture: plain, recipe, weights: renewed });
    const { reports } = await session.advance(1);
    const network = buildNetwork(architectureGraph(plain, renewed));
    const { loss } = await evaluateNetwork(network, data, {
      split: 'train',
      pictures: null,
      pause: async () => {},
    });
    network.dispose();
    session.dispose();
    expect(Math.abs(reports[0].loss - loss)).toBeLessThan(1e-4);
  });

  it('are left alone where a network has its own', async () => {
    const weights = initialWeights(architecture, 1);
    expect(await restoreStatistics(architecture, weights, data)).toEqual(weights);
  });
});
