import { engine } from '../engine/client';
import type { ImageEntry } from '../engine/image-set/image-set';
import { backendTitle, type NetworkRequest } from '../engine/protocol';
import { createStudyPool } from '../engine/study/pool';
import type { StudyRun as RunOfNetwork, StudyPlan } from '../engine/study/protocol';
import { type StudyChunk, studyOf } from './chunks';
import { createPace } from './pace';
import { createPause } from './pause';
import { runPipeline } from './pipeline';
import { addChunk, dropPictures, putState, type StudyRecord, type StudyState } from './store';
import type { Study, StudySettings } from './study-data';

export interface StudyProgress {
  state: 'preparing' | 'running' | 'paused' | 'done' | 'stopped' | 'failed';
  /** What is going on, in words. */
  text: string;
  /** Pictures measured, failed, and to be done altogether. */
  measured: number;
  failed: number;
  of: number;
  /** Pictures a second lately; null before the first. */
  rate: number | null;
  /** Milliseconds left at that pace; null where it is not known. */
  left: number | null;
}

export interface StudyCallbacks {
  onProgress(progress: StudyProgress): void;
  /** Something that the reader should know, in a sentence; the run goes on. */
  onNote?(note: string): void;
  /** More pictures are measured: `current()` gives them. */
  onResults?(): void;
}

/** A study under way. */
export interface StudyRun {
  readonly id: string;
  /** The results so far; null before the network is loaded. */
  current(): Study | null;
  /** What is in the network is still measured. */
  pause(): void;
  resume(): void;
  /** Ends the run; what it has so far is kept, and `resumeStudy` goes on from there. */
  cancel(): void;
  /**
   * The whole study.
   * @throws AbortError where it was cancelled, else what is wrong with the network or the pictures
   */
  readonly done: Promise<Study>;
}

/** What the work of a run begins with. */
export interface Begun {
  record: StudyRecord;
  state: StudyState;
  plan: StudyPlan;
  /** All its pictures, whether they are done or not. */
  entries: readonly ImageEntry[];
  /** Results so far; more are added. */
  chunks: StudyChunk[];
}

/** What preparing a run takes. */
export interface Preparation {
  plan(request: NetworkUse): Promise<StudyPlan>;
  /** Tells once where something cannot be kept, and goes on. */
  keep(work: () => Promise<unknown>): Promise<void>;
}

/** A network and what is done with it. `reading` and `labels` may be left out: the network's own. */
interface NetworkUse extends NetworkRequest {
  settings: StudySettings;
}

export const runOf = ({ settings, backend, network, reading, labels }: NetworkUse): RunOfNetwork => ({
  ...{ backend, network, labels },
  // How a study reads an output is its own, whatever the page has come to since.
  reading: {
    ...(reading ?? { output: null, size: null, operations: false }),
    reads: settings.reads ?? 'auto',
  },
  scaling: settings.inputScaling,
  method: settings.method,
  pooling: settings.pooling,
  shuffled: settings.weights === 'randomised' ? settings.seed : null,
});

export const studyFrom = (
  { head, refused }: StudyRecord,
  { backend }: StudyState,
  chunks: readonly StudyChunk[],
): Study => studyOf({ ...head, backend }, chunks, refused);

/** Runs what `prepare` begins: all its pictures that are not among the results yet. */
export function startRun(
  id: string,
  { onProgress, onNote, onResults }: StudyCallbacks,
  prepare: (preparation: Preparation) => Promise<Begun>,
): StudyRun {
  const controller = new AbortController();
  const { signal } = controller;
  const pace = createPace();
  const pause = createPause(signal);
  let begun: Begun | null = null;
  /** Pictures so far, those not kept yet among them. */
  const counts = { measured: 0, failed: 0 };
  let progress: StudyProgress = {
    ...{ state: 'preparing', text: 'Reading the pictures' },
    ...{ measured: 0, failed: 0, of: 0, rate: null, left: null },
  };
  const tell = (change: Partial<StudyProgress> = {}) => {
    if (begun) {
      const of = begun.entries.length;
      const rate = pace.rate();
      const left = rate === null ? null : (1000 * (of - counts.measured - counts.failed)) / rate;
      progress = { ...progress, ...counts, of, rate, left };
    }
    progress = { ...progress, ...change };
    onProgress(progress);
  };
  let told = false;
  const keep = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      if (!told) onNote?.(`${messageOf(error)} The study goes on; save it as a file when it is done.`);
      told = true;
    }
  };
  const onBackend = (
    { record: { head }, state }: Begun,
    { name, adapter, threads }: StudyPlan['backend'],
  ) => {
    if (name === state.backend.name) return;
    state.backend = { name, adapter, threads };
    const title = backendTitle({ name, adapter, threads });
    onNote?.(
      `${backendTitle(head.backend as StudyPlan['backend'])} was lost; the study goes on on ${title}.`,
    );
    tell({ text: `Studying on ${title}` });
  };

  const work = async (): Promise<Study> => {
    begun = await prepare({
      plan: (request) =>
        engine.call('planStudy', runOf(request), { signal, onProgress: ({ text }) => tell({ text }) }),
      keep,
    });
    const { record, state, plan, chunks } = begun;
    state.backend = { name: plan.backend.name, adapter: plan.backend.adapter, threads: plan.backend.threads };
    const finished = new Set(
      chunks.flatMap(({ images, failures }) => [...images, ...failures].map(({ path }) => path)),
    );
    Object.assign(counts, { measured: state.measured, failed: state.failed });
    const text = `Studying on ${backendTitle(plan.backend)}`;
    pace.restart();
    tell({ state: pause.isPaused() ? 'paused' : 'running', text });
    const pool = createStudyPool();
    try {
      await runPipeline({
        run: runOf(record),
        plan,
        head: record.head,
        entries: begun.entries.filter(({ path }) => !finished.has(path)),
        classOf: ({ folder }) => (folder === null ? null : (record.classes[folder] ?? null)),
        studyBatch: (batch, options) => engine.call('studyBatch', batch, options),
        pool,
        signal,
        gate: pause.gate,
        onPicture(outcome) {
          counts[outcome] += 1;
          pace.add(1);
          tell();
        },
        async onChunk(chunk) {
          chunks.push(chunk);
          state.measured += chunk.images.length;
          state.failed += chunk.failures.length;
          await keep(() => addChunk(state, chunk));
          onResults?.();
        },
        onBackend: (backend) => onBackend(begun as Begun, backend),
      });
    } finally {
      pool.end();
    }
    state.done = true;
    await keep(() => putState(state));
    await keep(() => dropPictures(id));
    tell({ state: 'done', text: 'Done', left: 0 });
    return studyFrom(record, state, chunks);
  };

  const result = alone(id, work).catch((error: unknown) => {
    const stopped = signal.aborted;
    tell({ state: stopped ? 'stopped' : 'failed', text: stopped ? 'Stopped' : messageOf(error), left: null });
    throw error;
  });
  // Whoever waits for it is told; nobody has to.
  result.catch(() => {});
  return {
    id,
    current: () => begun && studyFrom(begun.record, begun.state, begun.chunks),
    pause() {
      pause.set(true);
      if (progress.state === 'running') tell({ state: 'paused' });
    },
    resume() {
      pause.set(false);
      pace.restart();
      if (progress.state === 'paused') tell({ state: 'running' });
    },
    cancel: () => controller.abort(),
    done: result,
  };
}

export const lockOf = (id: string) => `supersign-study-${id}`;

/** Runs a study unless another tab does: two of them would double its pictures. */
async function alone<T>(id: string, work: () => Promise<T>): Promise<T> {
  if (!navigator.locks) return work();
  return navigator.locks.request(lockOf(id), { ifAvailable: true }, (lock) => {
    if (!lock) throw new Error('This study is running in another tab.');
    return work();
  });
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
