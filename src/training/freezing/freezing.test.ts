import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import type { Architecture } from '../architecture/architecture';
import { parseCheckpoint, serialiseCheckpoint } from '../checkpoint-file';
import { createTrainingSession } from '../session';
import type { EpochReport, Freezing, ProfileOptions, Recipe } from '../training-methods';
import type { SessionStart, TrainingSession } from '../training-session';
import { barPictures, plainNetwork, plainRecipe } from '../training-testing';
import { frozenBlocks } from './settled-blocks';

const side = 12;
const data = barPictures(side, 3, 32, 12);

const architecture: Architecture = {
  ...plainNetwork,
  title: 'Example',
  side,
  stages: [
    {
      blocks: [
        { kind: 'convolution', name: 'a', width: 4, size: 3 },
        { kind: 'residual', name: 'b', width: 6 },
      ],
      shrink: 'max',
    },
    {
      blocks: [
        { kind: 'separable', name: 'c', width: 8 },
        { kind: 'residual', name: 'd', width: 8 },
      ],
      shrink: 'none',
    },
  ],
  dropout: 0.2,
  classes: 3,
};

const recipe: Recipe = {
  ...plainRecipe,
  schedule: 'one-cycle',
  epochs: 4,
  batch: 16,
  weightDecay: 0.01,
  seed: 5,
};

const by = (freezing: Freezing): Recipe => ({ ...recipe, freezing });
/** One block after the second of four epochs, two after the third. */
const clock = by({ by: 'clock', from: 0.25 });
const profile: ProfileOptions = {
  ...{ pictures: 3, method: 'grad-cam', measure: 'aura', levels: 8, grid: 'native', shuffles: 1 },
};

const session = (start: SessionStart) => createTrainingSession({ ...start, data });
const fresh = (own: Recipe) => session({ architecture, recipe: own, weights: null });

async function toEnd(training: TrainingSession): Promise<Map<string, string>> {
  while (!(await training.advance(100)).done);
  return valuesOf(training);
}

async function valuesOf(training: TrainingSession): Promise<Map<string, string>> {
  const { weights, moments } = await training.checkpoint();
  return new Map([...weights, ...moments].map(({ name, values }) => [name, values.join()]));
}

describe('which blocks are frozen', () => {
  const report = (
    epoch: number,
    entropies: Record<string, [number, number]>,
    frozen?: string[],
  ): EpochReport => ({
    ...{ epoch, step: epoch, loss: 1, accuracy: 0.5, profile: null, frozen },
    settling: Object.entries(entropies).map(([name, [entropy, error]]) => ({ name, entropy, error })),
  });
  const plain: Architecture = {
    ...architecture,
    stages: [
      {
        blocks: ['a', 'b', 'c'].map((name) => ({ kind: 'convolution', name, width: 4, size: 3 })),
        shrink: 'none',
      },
    ],
  };
  const entropy: Freezing = { by: 'entropy', epochs: 2, profile };

  it('are those from the front whose entropies moved by less than their standard errors', () => {
    const epochs = [
      report(1, { a: [3, 0.1], b: [2, 0.1], c: [1, 0.1] }),
      report(2, { a: [3.05, 0.1], b: [2.3, 0.1], c: [1, 0.1] }),
    ];
    expect(frozenBlocks(plain, entropy, epochs, 9)).toEqual(['a']);
    // One epoch tells nothing of a movement.
    expect(frozenBlocks(plain, entropy, epochs.slice(0, 1), 9)).toEqual([]);
    // A layer behind one that still moves waits for it.
    const moving = [epochs[0], report(2, { a: [3.2, 0.1], b: [2, 0.1], c: [1, 0.1] })];
    expect(frozenBlocks(plain, entropy, moving, 9)).toEqual([]);
  });

  it('stay frozen, and the last one never is', () => {
    const still = { a: [3, 0.1], b: [2, 0.1], c: [1, 0.1] } as Record<string, [number, number]>;
    expect(frozenBlocks(plain, entropy, [report(1, still), report(2, still)], 9)).toEqual(['a', 'b']);
    const later = [report(1, still, ['a']), report(2, { ...still, a: [4, 0.1], b: [7, 0.1] })];
    expect(frozenBlocks(plain, entropy, later, 9)).toEqual(['a']);
  });

  it('follow the clock where they are to', () => {
    const after = (count: number) =>
      frozenBlocks(
        plain,
        { by: 'clock', from: 0.2 },
        Array.from({ length: count }, (_, i) => report(i + 1, {})),
        10,
      );
    expect([2, 4, 5, 8, 10].map((count) => after(count).length)).toEqual([0, 0, 1, 2, 2]);
  });
});

describe('a training that freezes', () => {
  beforeAll(() => startBackend('wasm'));
  afterEach(() => vi.restoreAllMocks());

  it('takes no gradient of what is frozen', async () => {
    const training = fresh(clock);
    const run = vi.spyOn(tf.engine(), 'runKernel');
    const kernels = async () => {
      run.mockClear();
      await training.advance(1);
      const count = (kernel: string) => run.mock.calls.filter(([name]) => name === kernel).length;
      return [
        tf.Conv2DBackpropFilter,
        tf.Conv2DBackpropInput,
        tf.DepthwiseConv2dNativeBackpropFilter,
        tf.DepthwiseConv2dNativeBackpropInput,
      ].map(count);
    };
    // a; b's two and its shortcut; c's last; d's two. Nothing goes on to the picture.
    expect(await kernels()).toEqual([7, 6, 1, 1]);
    for (let epoch = 0; epoch < 2; epoch++) while (!(await training.advance(100)).epochDone);
    expect(training.history.epochs.at(-1)?.frozen).toEqual(['a']);
    // Both b_a and the shortcut of b read what is frozen.
    expect(await kernels()).toEqual([6, 4, 1, 1]);
    while (!(await training.advance(100)).epochDone);
    expect(training.history.epochs.at(-1)?.frozen).toEqual(['a', 'b']);
    expect(await kernels()).toEqual([3, 3, 1, 0]);
    training.dispose();
  });

  it('leaves the numbers of what is frozen as they are, and no others', async () => {
    const before = tf.memory().numTensors;
    const training = fresh(clock);
    for (let epoch = 0; epoch < 2; epoch++) while (!(await training.advance(100)).epochDone);
    const then = await valuesOf(training);
    await training.advance(1);
    const now = await valuesOf(training);
    for (const [name, values] of then) {
      expect(now.get(name) === values, name).toBe(name.startsWith('a/'));
    }
    training.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('goes on from a checkpoint as if it had never been left', async () => {
    const whole = fresh(clock);
    const expected = await toEnd(whole);
    let broken = fresh(clock);
    for (let part = 0; part < 12 && broken.step < broken.steps; part++) {
      await broken.advance(1);
      const { checkpoint } = { checkpoint: parseCheckpoint(serialiseCheckpoint(await broken.checkpoint())) };
      broken.dispose();
      broken = session({ checkpoint });
    }
    const actual = await toEnd(broken);
    expect([...actual.keys()].filter((name) => actual.get(name) !== expected.get(name))).toEqual([]);
    whole.dispose();
    broken.dispose();
  });

  it('is the training without, where nothing settles', async () => {
    const [plain, never] = [fresh(recipe), fresh(by({ by: 'entropy', epochs: 5, profile }))];
    const [expected, actual] = [await toEnd(plain), await toEnd(never)];
    expect(never.history.epochs.map(({ frozen }) => frozen)).toEqual([[], [], [], []]);
    expect(never.history.epochs[0].settling?.map(({ name }) => name)).toContain('c_depth');
    expect([...actual.keys()].filter((name) => actual.get(name) !== expected.get(name))).toEqual([]);
    plain.dispose();
    never.dispose();
  });
});
