// @vitest-environment jsdom
import 'fake-indexeddb/auto';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Checkpoint, StepReport } from '../../../training/training-methods';
import type { StoredTraining } from './training-store';

const calls = vi.hoisted(() => [] as string[]);
const worker = vi.hoisted(() => ({
  step: 0,
  /** Ends the next stretch of steps with this sentence. */
  ends: null as string | null,
  fails: null as Error | null,
  patience: false,
}));

/** Ten steps an epoch, four a call; only the order of calls is told by it, no training. */
vi.mock('../../../engine/engine-client', () => {
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
  const { alertOf } = await import('../../../state/alerts');
  return { ...controller, training: useTraining, alert: () => alertOf('optimise') };
}

/** Ways between tabs that are open; a tab that is closed says nothing any more. */
const channels: BroadcastChannel[] = [];
class Channel extends BroadcastChannel {
  constructor(name: string) {
    super(name);
    channels.push(this);
  }
}
function closeTabs(): void {
  for (const channel of channels.splice(0)) channel.close();
}

/** The only training on the disk; undefined where there are none or several. */
async function stored(): Promise<StoredTraining | undefined> {
  const { keptRuns, keptValue } = await import('./kept-runs');
  const runs = await keptRuns('training');
  return runs.length === 1 ? keptValue<StoredTraining>('training', runs[0].id) : undefined;
}

beforeEach(() => {
  Object.defineProperty(window, 'matchMedia', {
    value: () => ({ addEventListener() {} }),
    configurable: true,
  });
  closeTabs();
  vi.stubGlobal('BroadcastChannel', Channel);
  vi.stubGlobal('indexedDB', new IDBFactory());
  sessionStorage.clear();
  calls.length = 0;
  Object.assign(worker, { step: 0, ends: null, fails: null, patience: false });
});

// The address is written a quarter of a second after the last change, while there still is a page to write it to.
afterAll(() => new Promise((resolve) => setTimeout(resolve, 400)));

describe('a training on the page', () => {
  it('measures before the first step and after every epoch, and ends tested and kept', async () => {
    const { train, training } = await fresh();
    const keptWhenTold = new Promise((resolve) => {
      training.subscribe(({ phase }) => phase === 'finished' && resolve(stored()));
    });
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
    expect(await keptWhenTold).toMatchObject({ finished: true });
    expect(await stored()).toMatchObject({ finished: true, last: { checkpoint: { step: 20 } } });
    expect(calls.at(-1)).toBe('close');
  });

  it('pauses between two calls, with its weights on the disk, and goes on from there', async () => {
    const { train, pause, resume, training } = await fresh();
    const off = training.subscribe(({ history }) => history.steps.length > 0 && pause());
    await train();
    off();
    expect(training.getState()).toMatchObject({ phase: 'paused', weights: { checkpoint: { step: 4 } } });
    expect(await stored()).toMatchObject({ finished: false, last: { checkpoint: { step: 4 } } });
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
    closeTabs();
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
    expect(training.getState().note).toContain('the loss exploded');
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
    expect((await stored())?.finished).toBe(true);
  });

  it('keeps its place beside that of another tab, which neither resumes nor removes it', async () => {
    const first = await fresh();
    const off = first.training.subscribe(({ history }) => history.steps.length > 0 && first.pause());
    await first.train();
    off();
    const second = await fresh();
    const kept = await import('./kept-runs');
    const [own] = await kept.keptRuns('training');
    expect(own).toMatchObject({ held: true, state: 'step 4 of 20' });
    // What another tab has on screen is not offered here, ...
    await second.offerKept();
    expect(second.training.getState().phase).toBe('idle');
    await expect(kept.dropRun('training', own.id)).rejects.toThrow('it is open in another tab');
    // ... and can be looked at, but not gone on with.
    await second.openKept(own.id);
    await second.resume();
    expect(second.alert()).toBe('This training is open in another tab: go on with it there.');
    expect(second.training.getState().phase).toBe('paused');
    // Another training goes beside it.
    await second.train();
    expect(second.training.getState().phase).toBe('finished');
    const both = await kept.keptRuns('training');
    expect(both.map(({ state }) => state).sort()).toEqual(['ended at step 20', 'step 4 of 20']);
    // Every tab has a worker of its own.
    worker.step = 4;
    await first.resume();
    expect(first.training.getState().phase).toBe('finished');
    // Both are over: any tab may remove them, and theirs is all that goes.
    for (const { id } of both) await kept.dropRun('training', id);
    expect(await kept.keptRuns('training')).toEqual([]);
  });

  it('goes on from where another tab has brought it', async () => {
    const first = await fresh();
    const off = first.training.subscribe(({ history }) => history.steps.length > 0 && first.pause());
    await first.train();
    off();
    const { run } = first.training.getState();
    const second = await fresh();
    await second.openKept(run?.id as string);
    expect(second.training.getState().weights?.checkpoint.step).toBe(4);
    await first.resume();
    await second.resume();
    expect(second.training.getState()).toMatchObject({
      phase: 'finished',
      weights: { checkpoint: { step: 20 } },
    });
  });

  it('takes over the one that an earlier version of the page kept', async () => {
    const first = await fresh();
    const off = first.training.subscribe(({ history }) => history.steps.length > 0 && first.pause());
    await first.train();
    off();
    const { id: _, ...run } = first.training.getState().run as { id: string };
    const { keep, kept } = await import('./kept-values');
    await keep('training', { run, last: first.training.getState().weights, finished: false });
    await keep('training-data', { kind: 'pictographs' });
    closeTabs();
    const second = await fresh();
    const { dropRun, keptRuns } = await import('./kept-runs');
    for (const { id } of await keptRuns('training')) await dropRun('training', id);
    await second.offerKept();
    expect(second.training.getState()).toMatchObject({
      phase: 'paused',
      weights: { checkpoint: { step: 4 } },
    });
    expect(await kept('training')).toBeUndefined();
    await second.resume();
    expect(second.training.getState().phase).toBe('finished');
  });

  it('asks before it is left with steps that are not kept, and only then', async () => {
    const { train, training } = await fresh();
    const leave = () => {
      const event = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    const asked: { steps: number; kept: number | undefined; asks: boolean }[] = [];
    const off = training.subscribe(({ phase, history, weights }) => {
      if (phase !== 'running') return;
      const steps = history.steps.length;
      asked.push({ steps, kept: weights?.checkpoint.step, asks: leave() });
    });
    await train();
    off();
    expect(asked.some(({ asks }) => asks)).toBe(true);
    for (const { steps, kept, asks } of asked) expect(asks).toBe(kept !== steps);
    expect(leave()).toBe(false);
  });
});
