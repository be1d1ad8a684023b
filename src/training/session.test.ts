import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startBackend, withThreads } from '../engine/engine-testing';
import { buildNetwork } from '../network/build';
import { predict } from '../network/run-network';
import type { Architecture } from './architecture/architecture';
import { architectureGraph } from './architecture/architecture-graph';
import type { NamedWeight } from './architecture/named-weight';
import { DatasetError } from './data/dataset';
import { pictureTensor } from './evaluate';
import { createTrainingSession, type TrainingSession } from './session';
import type { ProfileOptions, Recipe, StepReport } from './training-methods';
import { barPictures, still } from './training-testing';

const [side, classes, batch] = [16, 4, 16];
const data = barPictures(side, classes, 5 * batch + 3, 40);

/** Every kind of layer: convolutions with and without stride, a residual block, dropout, a hidden layer. */
const architecture: Architecture = {
  title: 'small',
  side,
  activation: 'relu',
  padding: 'same',
  batchNorm: true,
  stages: [
    { blocks: [{ kind: 'convolution', name: 'conv1', width: 8, size: 3 }], shrink: 'max' },
    { blocks: [{ kind: 'residual', name: 'res2', width: 12 }], shrink: 'stride' },
  ],
  join: 'average',
  hidden: [10],
  dropout: 0.05,
  classes,
};

const recipe: Recipe = {
  optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  learningRate: 0.01,
  schedule: 'one-cycle',
  epochs: 4,
  batch,
  weightDecay: 0.01,
  labelSmoothing: 0.1,
  augmentation: { mirror: true, shift: 0.1, scale: 0.1, colour: 0.2 },
  patience: null,
  seed: 3,
};

const start = (changes: Partial<Recipe> = {}, weights: NamedWeight[] | null = null): TrainingSession =>
  createTrainingSession({ data, architecture, recipe: { ...recipe, ...changes }, weights });

async function advanceToEnd(session: TrainingSession): Promise<StepReport[]> {
  const reports: StepReport[] = [];
  for (;;) {
    const advance = await session.advance(1000);
    reports.push(...advance.reports);
    if (advance.done) return reports;
  }
}

const losses = (reports: readonly StepReport[]) => reports.map(({ loss }) => loss);
const numbers = (weights: readonly NamedWeight[]) => weights.map(({ values }) => Array.from(values));

describe('a training session', () => {
  beforeAll(() => startBackend('wasm'));
  beforeEach(() => {
    expect(tf.memory().numTensors, 'tensors left by the test before').toBe(0);
  });

  it('learns, in epochs of whole batches, and tells of every step', async () => {
    const pictures = barPictures(side, classes, 25 * batch + 3, 40);
    const begin = {
      data: pictures,
      architecture,
      recipe: { ...recipe, augmentation: still, learningRate: 0.02 },
      weights: null,
    };
    const session = createTrainingSession(begin);
    expect(session).toMatchObject({ step: 0, stepsPerEpoch: 25, steps: 100 });
    const told: number[] = [];
    const first = await session.advance(3, { onStep: ({ step }) => told.push(step) });
    expect(told).toEqual([1, 2, 3]);
    expect(first).toMatchObject({ epochDone: false, epoch: null, done: false, ended: null });
    const second = await session.advance(100);
    expect(second.reports.map(({ step }) => step)).toEqual(Array.from({ length: 22 }, (_, i) => i + 4));
    expect(second).toMatchObject({ epochDone: true, epoch: { epoch: 1, step: 25 }, done: false });
    await advanceToEnd(session);
    const { steps, epochs } = session.history;
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
    expect(epochs[3].accuracy).toBeGreaterThan(0.8);
    expect(epochs[3].loss).toBeLessThan(epochs[0].loss / 2);
    expect((await session.advance(10)).reports).toEqual([]);
    session.dispose();
  });

  it('learns the answers of a teacher where these are all that counts', async () => {
    const said = Float32Array.of(0, 3, 0, 0);
    const session = createTrainingSession({
      data,
      architecture,
      recipe,
      weights: null,
      teacher: {
        ...{ weight: 1, temperature: 2 },
        async logits(input, count) {
          expect(input).toHaveLength(count * side * side * 3);
          return Float32Array.from({ length: count * classes }, (_, i) => said[i % classes]);
        },
      },
    });
    const reports = await advanceToEnd(session);
    expect(reports[reports.length - 1].loss).toBeLessThan(reports[0].loss / 2);
    const { confusion } = await session.evaluate(null);
    for (const row of confusion) expect(row.map((count) => count > 0)).toEqual([false, true, false, false]);
    session.dispose();
  });

  it('is the same to the last bit when it is run again, and another with another seed', async () => {
    const runs = [start(), start(), start({ seed: 4 })];
    const [first, again, other] = await Promise.all(runs.map((session) => session.weights()));
    expect(numbers(again)).toEqual(numbers(first));
    expect(numbers(other)).not.toEqual(numbers(first));
    const reports: StepReport[][] = [];
    for (const session of runs) reports.push(await advanceToEnd(session));
    expect(losses(reports[1])).toEqual(losses(reports[0]));
    expect(numbers(await runs[1].weights())).toEqual(numbers(await runs[0].weights()));
    expect(losses(reports[2])).not.toEqual(losses(reports[0]));
    for (const session of runs) session.dispose();
  });

  it('is the same to the last bit on any number of threads', async () => {
    const separable = { kind: 'separable', name: 'sep3', width: 20 } as const;
    const stages: Architecture['stages'] = [...architecture.stages, { blocks: [separable], shrink: 'none' }];
    const trained = async () => {
      const options = { data, architecture: { ...architecture, stages }, recipe, weights: null };
      const session = createTrainingSession(options);
      await session.advance(3);
      const weights = numbers(await session.weights());
      session.dispose();
      return weights;
    };
    const onOne = await trained();
    for (const threads of [2, 5, 16]) {
      await withThreads(threads, async () => expect(await trained()).toEqual(onOne));
    }
  });

  it.each([
    ['Adam', recipe.optimiser],
    ['SGD', { kind: 'sgd', momentum: 0.9 }],
  ] as const)('goes on from a checkpoint as if it had not stopped (%s)', async (_, optimiser) => {
    const whole = start({ optimiser });
    const reports = await advanceToEnd(whole);
    const before = start({ optimiser });
    await before.advance(100);
    await before.advance(2);
    const checkpoint = structuredClone(await before.checkpoint());
    before.dispose();
    expect(checkpoint.step).toBe(7);
    const after = createTrainingSession({ data, checkpoint });
    expect(losses(await advanceToEnd(after))).toEqual(losses(reports).slice(7));
    expect(numbers(await after.weights())).toEqual(numbers(await whole.weights()));
    expect(after.history.steps.map(({ step, loss }) => [step, loss])).toEqual(
      whole.history.steps.map(({ step, loss }) => [step, loss]),
    );
    expect(after.history.epochs).toEqual(whole.history.epochs);
    whole.dispose();
    after.dispose();
  });

  it('keeps as many tensors as it began with, and frees them all', async () => {
    const session = start();
    await session.advance(1);
    const { numTensors } = tf.memory();
    await session.advance(100);
    await session.evaluate(10);
    expect(tf.memory().numTensors).toBe(numTensors);
    session.dispose();
    expect(tf.memory().numTensors).toBe(0);
    expect(tf.memory().numBytes).toBe(0);
  });

  it('stops between two steps when it is cancelled, and can go on', async () => {
    const session = start();
    let calls = 0;
    const pause = async () => {
      if (++calls > 3) throw new DOMException('Cancelled.', 'AbortError');
    };
    await expect(session.advance(100, { pause })).rejects.toThrow('Cancelled.');
    expect(session.step).toBe(3);
    expect(session.history.steps).toHaveLength(3);
    const whole = start();
    const expected = await advanceToEnd(whole);
    expect(losses(await advanceToEnd(session))).toEqual(losses(expected).slice(3));
    session.dispose();
    whole.dispose();
  });

  it('evaluates an epoch the next time where the evaluation was cancelled', async () => {
    const session = start();
    let calls = 0;
    const pause = async () => {
      if (++calls > 5) throw new DOMException('Cancelled.', 'AbortError');
    };
    await expect(session.advance(100, { pause })).rejects.toThrow('Cancelled.');
    expect(session).toMatchObject({ step: 5, history: { epochs: [] } });
    const next = await session.advance(100);
    expect(next).toMatchObject({ reports: [], epochDone: true, epoch: { epoch: 1, step: 5 } });
    expect((await session.advance(100)).epoch?.epoch).toBe(2);
    session.dispose();
  });

  it('begins with given weights where they fit, and with random ones where they do not', async () => {
    const wide = structuredClone(architecture);
    wide.stages[1].blocks[0].width = 14;
    const before = start();
    const given = await before.weights();
    const after = createTrainingSession({ data, architecture: wide, recipe, weights: given });
    const weights = new Map((await after.weights()).map((weight) => [weight.name, weight]));
    const find = (name: string) => given.find((weight) => weight.name === name) as NamedWeight;
    expect(weights.get('conv1/filter')?.values).toEqual(find('conv1/filter').values);
    expect(weights.get('res2_a/filter')?.shape).toEqual([3, 3, 8, 14]);
    expect(weights.get('logits/matrix')?.values).toEqual(find('logits/matrix').values);
    before.dispose();
    after.dispose();
  });

  it('yields the network that it evaluates', async () => {
    const session = start();
    await advanceToEnd(session);
    const evaluation = await session.evaluate(null);
    const network = buildNetwork(architectureGraph(architecture, await session.weights()));
    let right = 0;
    const confusion = Array.from({ length: classes }, () => new Array(classes).fill(0));
    for (let picture = 0; picture < data.summary.heldOut; picture++) {
      const { pixels, labels } = await data.read('heldOut', [picture]);
      const x = pictureTensor(pixels, 1, side);
      const logits = Array.from(await predict(network, x, async () => {}));
      const winner = logits.indexOf(Math.max(...logits));
      right += Number(winner === labels[0]);
      confusion[labels[0]][winner]++;
      x.dispose();
    }
    expect(evaluation.accuracy).toBeCloseTo(right / data.summary.heldOut, 10);
    expect(evaluation.confusion).toEqual(confusion);
    expect(evaluation).toMatchObject({
      loss: session.history.epochs[3].loss,
      accuracy: session.history.epochs[3].accuracy,
    });
    network.dispose();
    session.dispose();
  });

  it('measures the entropy of every convolution, and remembers it with the epoch', async () => {
    const session = start({ epochs: 1 });
    await advanceToEnd(session);
    const options: ProfileOptions = {
      pictures: 3,
      method: 'grad-cam',
      measure: 'shannon',
      levels: 16,
      grid: 'native',
      shuffles: 2,
    };
    const fractions: number[] = [];
    const profile = await session.profile(options, { onProgress: (fraction) => fractions.push(fraction) });
    expect(profile.map(({ name }) => name)).toEqual(['conv1', 'res2_a', 'res2_b', 'res2_shortcut']);
    expect(fractions).toEqual([1 / 3, 2 / 3, 1]);
    for (const layer of profile) {
      // Shannon's entropy is blind to arrangement: its null is itself, up to what summing in another order costs.
      expect(layer.null).toBeCloseTo(layer.entropy, 10);
    }
    expect(profile[0].error).toBeNull();
    expect(profile[1].error).toBeCloseTo(0, 10);
    expect(session.history.epochs[0].profile).toEqual(profile);
    expect(await session.profile(options)).toEqual(profile);
    session.dispose();
  });
});

describe('a training that goes wrong', () => {
  beforeAll(() => startBackend('wasm'));

  it('stops when the loss explodes, says why, and gives back the last good weights', async () => {
    const session = start({
      optimiser: { kind: 'sgd', momentum: 0.9 },
      learningRate: 1e4,
      schedule: 'constant',
      epochs: 20,
    });
    let ended: string | null = null;
    for (let done = false; !done; ) ({ ended, done } = await session.advance(100));
    expect(ended).toMatch(/^Training stopped at step \d+: .*learning rate, 10000, is too high.*are kept\.$/);
    expect(session.step % 20).toBe(0);
    const checkpoint = await session.checkpoint();
    expect(checkpoint.step).toBe(session.step);
    for (const { values } of [...checkpoint.weights, ...checkpoint.moments]) {
      expect(values.every(Number.isFinite)).toBe(true);
    }
    expect(checkpoint.history.steps.every(({ step, loss }) => step <= session.step && loss < 100)).toBe(true);
    expect((await session.advance(10)).reports).toEqual([]);
    session.dispose();
    const again = start({}, checkpoint.weights);
    const first = await again.evaluate(null);
    await advanceToEnd(again);
    expect(again.history.epochs[3].loss).toBeLessThan(first.loss);
    again.dispose();
    expect(tf.memory().numTensors).toBe(0);
  });

  it('tells of a lost device only whoever waits for its numbers, however late that is', async () => {
    const uncaught: unknown[] = [];
    const note = (error: unknown) => uncaught.push(error);
    process.on('unhandledRejection', note);
    const session = start();
    const data = vi.spyOn(tf.Tensor.prototype, 'data').mockRejectedValue(new Error('The device is lost.'));
    // The numbers of the first step are read after the second has been waited for.
    const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 20));
    await expect(session.advance(3, { pause })).rejects.toThrow('The device is lost.');
    await pause();
    data.mockRestore();
    process.off('unhandledRejection', note);
    expect(uncaught).toEqual([]);
    session.dispose();
  });

  it('ends when patience runs out, with the weights of the best epoch', async () => {
    const session = start({ patience: 2, epochs: 40, learningRate: 0.03, schedule: 'constant' });
    const reports = await advanceToEnd(session);
    expect(reports.length).toBeLessThan(200);
    const { epochs } = session.history;
    const lowest = epochs.reduce((least, each) => (each.loss < least.loss ? each : least));
    expect(epochs[epochs.length - 1].epoch - lowest.epoch).toBe(2);
    const { ended } = await session.advance(1);
    expect(ended).toContain(`has not fallen for 2 epochs. The weights of epoch ${lowest.epoch} are taken.`);
    const evaluation = await session.evaluate(null);
    expect(evaluation.loss).toBe(lowest.loss);
    session.dispose();
    expect(tf.memory().numTensors).toBe(0);
  });

  it.each([
    [{ ...architecture, classes: 3 }, /tells 3 classes apart, but the pictures have 4/],
    [{ ...architecture, side: 24 }, /reads pictures of 24 pixels a side, but they are 16/],
  ])('is refused where the architecture does not fit the pictures', (other, message) => {
    const begin = () => createTrainingSession({ data, architecture: other, recipe, weights: null });
    expect(begin).toThrow(DatasetError);
    expect(begin).toThrow(message);
  });
});
