// @vitest-environment jsdom
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Checkpoint, StepReport } from '../engine/training/protocol';
import type { StoredTraining } from './training-store';

/** What is on the disk, by name. */
const disk = vi.hoisted(() => new Map<string, unknown>());
const calls = vi.hoisted(() => [] as string[]);
const worker = vi.hoisted(() => ({
  step: 0,
  /** Ends the next stretch of steps with this sentence. */
  ends: null as string | null,
  fails: null as Error | null,
  patience: false,
}));

vi.mock('./kept', () => ({
  kept: async (name: string) => structuredClone(disk.get(name)),
  keep: async (name: string, value: unknown) => void disk.set(name, structuredClone(value)),
  forget: async (name: string) => void disk.delete(name),
}));

/** Ten steps an epoch, four a call; only the order of calls is told by it, no training. */
vi.mock('../engine/client', () => {
  const unused = { call: () => Promise.reject(new Error('not part of this test')) };
  const report = (step: number): StepReport => ({
    step,
    loss: 1 / step,
    accuracy: 0.5,
    learningRate: 0.1,
    time: 2,
  });
  const evaluation = { loss: 0.4, accuracy: 0.75, confusion: [] };
  const methods: Record<string, (request: never) => unknown> = {
    open: ({ start }: { start: Partial<Checkpoint> }) => {
      worker.step = start.step ?? 0;
      const classes = Array.from({ length: 10 }, (_, i) => `class ${i}`);
      return {
        data: { classes, train: 80, heldOut: 20, refused: [] },
        backend: { name: 'wasm', reason: '', adapter: null, threads: 1 },
        stepsPerEpoch: 10,
        steps: 20,
      };
    },
    advance: () => {
      if (worker.fails) throw worker.fails;
      const end = Math.min(worker.step + 4, (Math.floor(worker.step / 10) + 1) * 10);
      const reports = [];
      while (worker.step < end) reports.push(report(++worker.step));
      if (worker.patience && worker.step === 10) {
        const epoch = { epoch: 1, step: 10, loss: 0.5, accuracy: 0.7, profile: null };
        return { reports, epochDone: true, epoch, done: true, ended: 'The weights of epoch 0 are taken.' };
      }
      if (worker.ends !== null) {
        worker.step = 2;
        return { reports, epochDone: false, epoch: null, done: true, ended: worker.ends };
      }
      const epochDone = worker.step % 10 === 0;
      const epoch = epochDone
        ? { epoch: worker.step / 10, step: worker.step, loss: 0.5, accuracy: 0.7, profile: null }
        : null;
      return { reports, epochDone, epoch, done: worker.step === 20, ended: null };
    },
    evaluate: () => evaluation,
    profile: () => [{ name: 'conv1_1', entropy: 0.5, null: 0.6, error: null }],
    checkpoint: () => ({
      step: worker.step,
      weights: [],
      moments: [],
      best: null,
      history: { steps: [], epochs: [] },
    }),
    close: () => null,
  };
  const call = async (method: string, request: never, { signal }: { signal?: AbortSignal } = {}) => {
    calls.push(method);
    await Promise.resolve();
    signal?.throwIfAborted();
    return methods[method](request);
  };
  return { trainer: { call }, engine: unused, measures: unused, signFinder: unused };
});

async function fresh() {
  vi.resetModules();
  const controller = await import('./training-controller');
  const { useTraining } = await import('./training-store');
  const { alertOf } = await import('../state/alerts');
  return { ...controller, training: useTraining, alert: () => alertOf('optimise') };
}

const stored = () => disk.get('training') as StoredTraining;

beforeEach(() => {
  Object.defineProperty(window, 'matchMedia', {
    value: () => ({ addEventListener() {} }),
    configurable: true,
  });
  disk.clear();
  calls.length = 0;
  Object.assign(worker, { step: 0, ends: null, fails: null, patience: false });
});

// The address is written a quarter of a second after the last change, while there still is a page to write it to.
afterAll(() => new Promise((resolve) => setTimeout(resolve, 400)));

describe('a training on the page', () => {
  it('measures before the first step and after every epoch, and ends tested and kept', async () => {
    const { train, training } = await fresh();
    await train();
    const { phase, history, weights, note } = training.getState();
    expect(phase).toBe('finished');
    expect(history.steps).toHaveLength(20);
    expect(history.epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
      [0, 0],
      [1, 10],
      [2, 20],
    ]);
    expect(history.epochs.every(({ profile }) => profile !== null)).toBe(true);
    expect(weights?.evaluation?.accuracy).toBe(0.75);
    expect(note).toContain('75.0 %');
    expect(stored()).toMatchObject({ finished: true, last: { checkpoint: { step: 20 } } });
    expect(calls.at(-1)).toBe('close');
  });

  it('pauses between two calls, with its weights on the disk, and goes on from there', async () => {
    const { train, pause, resume, training } = await fresh();
    const off = training.subscribe(({ history }) => history.steps.length > 0 && pause());
    await train();
    off();
    expect(training.getState()).toMatchObject({ phase: 'paused', weights: { checkpoint: { step: 4 } } });
    expect(stored()).toMatchObject({ finished: false, last: { checkpoint: { step: 4 } } });
    const before = calls.length;
    await resume();
    expect(calls.slice(before)).not.toContain('open');
    expect(training.getState().phase).toBe('finished');
    expect(training.getState().history.steps.map(({ step }) => step)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
  });

  it('is offered on the next visit, opened where it was, and not gone on with unasked', async () => {
    const first = await fresh();
    first.training.subscribe(({ history }) => history.steps.length > 12 && first.pause());
    await first.train();
    calls.length = 0;
    const second = await fresh();
    await second.offerKept();
    expect(calls).toEqual([]);
    expect(second.training.getState()).toMatchObject({
      phase: 'paused',
      note: expect.stringContaining('of 20'),
    });
    const at = second.training.getState().weights?.checkpoint.step as number;
    expect(second.training.getState().history.steps).toHaveLength(at);
    await second.resume();
    expect(calls[0]).toBe('open');
    expect(second.training.getState().phase).toBe('finished');
    expect(second.training.getState().history.steps).toHaveLength(20);
  });

  it('says that the loss exploded, and stands at the last good weights', async () => {
    const { train, training, alert } = await fresh();
    worker.ends = 'Training stopped at step 4: the loss is no longer a number.';
    await train();
    expect(alert()).toBe(worker.ends);
    expect(training.getState()).toMatchObject({ phase: 'finished', weights: { checkpoint: { step: 2 } } });
    expect(training.getState().history.steps.map(({ step }) => step)).toEqual([1, 2]);
  });

  it('keeps what it had when the worker fails, and opens it anew to go on', async () => {
    const { train, resume, training, alert } = await fresh();
    const off = training.subscribe(({ history }) => {
      if (history.epochs.length === 2) worker.fails = new Error('the device is gone');
    });
    await train();
    off();
    expect(alert()).toContain('the device is gone. The weights of step 10 are kept');
    expect(training.getState()).toMatchObject({ phase: 'paused', weights: { checkpoint: { step: 10 } } });
    worker.fails = null;
    calls.length = 0;
    await resume();
    expect(calls[0]).toBe('open');
    expect(training.getState().phase).toBe('finished');
  });

  it('ends early without an alarm where patience runs out', async () => {
    const { train, training, alert } = await fresh();
    worker.patience = true;
    await train();
    expect(alert()).toBeNull();
    expect(training.getState()).toMatchObject({
      phase: 'finished',
      note: expect.stringMatching(/^The weights of epoch 0 are taken\. Finished at step 10: 75\.0 %/),
    });
  });

  it('is stopped for good, tested', async () => {
    const { train, stop, training } = await fresh();
    const off = training.subscribe(({ phase, history }) => {
      if (phase === 'running' && history.steps.length > 0) void stop();
    });
    await train();
    off();
    expect(training.getState()).toMatchObject({
      phase: 'finished',
      note: expect.stringMatching(/^Stopped\. Finished/),
    });
    expect(stored().finished).toBe(true);
  });
});
