import { afterEach, describe, expect, it } from 'vitest';
import type { Task } from '../rpc/serve';
import type { Architecture } from './architecture/architecture';
import { createTrainer } from './trainer';
import type { OpenTraining, StepReport } from './training-methods';
import { plainNetwork, plainRecipe as recipe } from './training-testing';

const architecture: Architecture = {
  ...plainNetwork,
  title: 'tiny',
  side: 16,
  stages: [{ blocks: [{ kind: 'convolution', name: 'conv1', width: 4, size: 3 }], shrink: 'max' }],
  classes: 10,
};

const request: OpenTraining = {
  backend: 'cpu',
  data: { kind: 'pictographs', seed: 1, train: 30, heldOut: 10 },
  start: { architecture, recipe, weights: null },
};

/** A task that nobody cancels, and what it was told. */
function task<Progress>(told: Progress[] = []): Task<Progress> {
  return {
    signal: new AbortController().signal,
    report: (progress) => told.push(progress),
    checkpoint: async () => {},
  };
}

const trainer = createTrainer();
const advance = (steps: number, told: StepReport[] = []) =>
  trainer.advance({ steps, milliseconds: Number.POSITIVE_INFINITY }, task(told));

describe('the training worker', () => {
  afterEach(() => trainer.close({}, task()));

  it('opens a training, takes steps, evaluates, and hands out a checkpoint to go on from', async () => {
    const opened = await trainer.open(request, task());
    expect(opened.result).toMatchObject({
      data: { train: 30, heldOut: 10, refused: [] },
      backend: { name: 'cpu' },
      stepsPerEpoch: 3,
      steps: 6,
    });
    const told: StepReport[] = [];
    const { result } = await advance(100, told);
    expect(told).toEqual(result.reports);
    expect(result).toMatchObject({
      epochDone: true,
      epoch: { epoch: 1 },
      done: false,
      backend: { name: 'cpu' },
    });
    const evaluation = await trainer.evaluate({ pictures: null }, task());
    expect(evaluation.result.loss).toBe(result.epoch?.loss);
    const checkpoint = await trainer.checkpoint({}, task());
    const kept = structuredClone(checkpoint.result, { transfer: checkpoint.transfer });
    const rest = await advance(100);
    const again = await trainer.open({ ...request, start: kept }, task());
    expect(again.result).toMatchObject({ stepsPerEpoch: 3, steps: 6 });
    const repeated = await advance(100);
    const losses = ({ reports }: { reports: StepReport[] }) => reports.map(({ step, loss }) => [step, loss]);
    expect(losses(repeated.result)).toEqual(losses(rest.result));
    expect(repeated.result).toMatchObject({ done: true, ended: null });
  });

  it('takes no more steps than there is time for', async () => {
    await trainer.open(request, task());
    const { result } = await trainer.advance({ steps: 100, milliseconds: 0 }, task());
    expect(result).toMatchObject({ reports: [], epochDone: false, done: false });
  });

  it('says that nothing is open', async () => {
    await expect(advance(1)).rejects.toThrow('No training is open.');
  });

  it('refuses an architecture that cannot be built before it reads pictures', async () => {
    const start = { architecture: { ...architecture, stages: [] }, recipe, weights: null };
    const data = { kind: 'images', sources: [], heldOutShare: 0.2, seed: 1 } as const;
    await expect(trainer.open({ ...request, data: { ...data, sources: [] }, start }, task())).rejects.toThrow(
      'tiny has no stage.',
    );
  });
});
