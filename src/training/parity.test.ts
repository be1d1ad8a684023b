import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../engine/engine-testing';
import { seededRandom } from '../semiotics';
import type { Architecture } from './architecture/architecture';
import type { NamedWeight } from './architecture/named-weight';
import { layoutOf, sizeOf, weightShapesOf } from './architecture/parameter-layout';
import type { Dataset } from './data/dataset';
import parity from './fixtures/parity.json';
import { createTrainingSession } from './session';
import type { Recipe } from './training-methods';
import { plainNetwork, plainRecipe } from './training-testing';

const [steps, batch, side, classes] = [50, 8, 12, 4];

/** A step on the CPU backend takes half a second; what would make it differ shows in the first ones: gradients in the second, moments in the third. */
const stepsOn = { wasm: steps, cpu: 5 } as const;

/** The batches of `fixtures/parity.py`, one after the other whichever pictures are asked for. */
function batches(): Dataset {
  let step = 0;
  return {
    side,
    summary: { classes: ['a', 'b', 'c', 'd'], train: steps * batch, heldOut: 1, refused: [] },
    async read(split, indices) {
      const random = seededRandom(1000 + (split === 'train' ? step++ : 0));
      const labels = Int32Array.from(indices, (_, i) => i % classes);
      const pixels = new Uint8Array(indices.length * side * side * 3);
      for (let i = 0; i < pixels.length; i++) {
        const label = labels[Math.floor(i / (side * side * 3))];
        const x = Math.floor(i / 3) % side;
        const bar = (x + label) % 4 < 2 ? 30 : 0;
        pixels[i] = Math.floor(random.next() * 160) + bar + (i % 3 === label ? 20 : 0);
      }
      return { pixels, labels };
    },
  };
}

/** The weights of `fixtures/parity.py`: filters and matrices uniform, seeds counted in the order of the layers. */
function initial(architecture: Architecture): NamedWeight[] {
  let seed = 1;
  return weightShapesOf(layoutOf(architecture)).map(({ name, shape, role }) => {
    const values = new Float32Array(sizeOf(shape));
    if (role === 'scale' || role === 'variance') values.fill(1);
    if (role === 'filter' || role === 'matrix') {
      const random = seededRandom(++seed);
      const bound = Math.sqrt(6 / sizeOf(shape.slice(0, -1)));
      for (let i = 0; i < values.length; i++) values[i] = (2 * random.next() - 1) * bound;
    }
    return { name, shape, values };
  });
}

const residual: Architecture = {
  ...plainNetwork,
  title: 'residual',
  side,
  stages: [
    {
      blocks: [
        { kind: 'convolution', name: 'conv1_1', width: 8, size: 3 },
        { kind: 'convolution', name: 'conv1_2', width: 8, size: 3 },
      ],
      shrink: 'max',
    },
    {
      blocks: [
        { kind: 'residual', name: 'res2_1', width: 8 },
        { kind: 'residual', name: 'res2_2', width: 12 },
      ],
      shrink: 'stride',
    },
  ],
  classes,
};

const plain = (activation: 'relu' | 'tanh', shrink: 'max' | 'average'): Architecture => ({
  title: 'plain',
  side,
  activation,
  padding: 'valid',
  batchNorm: false,
  stages: [
    { blocks: [{ kind: 'convolution', name: 'conv1', width: 6, size: 5 }], shrink },
    { blocks: [{ kind: 'convolution', name: 'conv2', width: 8, size: 3 }], shrink },
  ],
  join: 'flatten',
  hidden: [12],
  dropout: 0,
  classes,
});

const adam = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
const sgd = { kind: 'sgd', momentum: 0.9 } as const;
const recipe = (changes: Partial<Recipe>): Recipe => ({
  ...plainRecipe,
  optimiser: adam,
  learningRate: 3e-3,
  epochs: 1,
  batch,
  labelSmoothing: 0.1,
  ...changes,
});

const trainings: [keyof typeof parity.runs, Architecture, Recipe][] = [
  ['residual, AdamW, one-cycle', residual, recipe({ schedule: 'one-cycle', weightDecay: 0.05 })],
  ['residual, SGD, constant', residual, recipe({ optimiser: sgd, learningRate: 0.02, weightDecay: 0.01 })],
  [
    'plain relu, SGD, one-cycle',
    plain('relu', 'max'),
    recipe({
      optimiser: sgd,
      learningRate: 0.02,
      schedule: 'one-cycle',
      weightDecay: 0.01,
      labelSmoothing: 0,
    }),
  ],
  [
    'plain tanh, AdamW, constant',
    plain('tanh', 'average'),
    recipe({ learningRate: 2e-3, weightDecay: 0.02, labelSmoothing: 0.2 }),
  ],
];

describe.each(['wasm', 'cpu'] as const)('a training on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it.each(trainings)('(%s) has the losses that PyTorch has', async (name, architecture, how) => {
    await tf.setBackend(backend);
    const expected = parity.runs[name];
    const session = createTrainingSession({
      data: batches(),
      architecture,
      recipe: how,
      weights: initial(architecture),
    });
    const taken = stepsOn[backend];
    const { reports } = await session.advance(taken);
    expect(reports).toHaveLength(taken);
    reports.forEach(({ loss }, step) => {
      expect(Math.abs(loss - expected.losses[step]), `step ${step}`).toBeLessThan(1e-3);
    });
    // Of the weights after the last step.
    const sums: Record<string, number> = expected.sums;
    if (taken === steps)
      for (const { name, values } of await session.weights()) {
        const sum = values.reduce((total, value) => total + Math.abs(value), 0);
        expect(Math.abs(sum / sums[name] - 1), name).toBeLessThan(0.01);
      }
    session.dispose();
  });
});
