import { backendTitle } from '../../backend/backend-names';
import { engine } from '../../engine/engine-client';
import { createStudyPool } from '../../engine/study/pool';
import type { StudyRun as RunOfNetwork, StudyPlan } from '../../engine/study/study-methods';
import { picturesInWords } from '../../figures/study/study-figures';
import type { NetworkRequest } from '../../network/network-request';
import type { ImageEntry } from '../../picture/sets/image-set';
import { ClaimedError } from '../../storage/claims';
import { messageOf } from '../../text/message-of';
import { addChunk, putState, putWhole, type StudyRecord, type StudyState } from '../kept-studies';
import { claims, lockOf } from '../study-claims';
import type { Study, StudySettings } from '../study-data';
import { packChunks, type StudyChunk, type StudyHead, studyOf } from './chunks';
import { createGrowingStudy, type GrowingStudy } from './growing-study';
import { createKeeper } from './keep-results';
import { createPace } from './pace';
import { createPause } from './pause';
import { runPipeline } from './pipeline';

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
  /** The study is in the list of those in this browser, or has changed there. */
  onKept?(): void;
}

/** A study under way. */
export interface StudyRun {
  readonly id: string;
  /** The results so far, in the order in which they came until the run has ended; null before the network is loaded. */
  current(): Study | null;
  /** What is in the network is still measured. */
  pause(): void;
  resume(): void;
  /** Ends the run; what it has so far is kept, and `resumeStudy` goes on from there. */
  cancel(): void;
  /** What would be lost with the page, in words; null where all is kept. */
  unkept(): string | null;
  /** Tries to keep at once what is not kept yet. */
  flush(): void;
  /**
   * The whole study.
   * @throws AbortError where it was cancelled, else what is wrong with the network or the pictures
   */
  readonly done: Promise<Study>;
}

/** What the work of a run begins with. */
export interface Begun {
  record: StudyRecord;
  /** Its head is known. */
  state: StudyState & { head: StudyHead };
  plan: StudyPlan;
  /** All its pictures, whether they are done or not. */
  entries: readonly ImageEntry[];
  /** Results so far; more are added. */
  chunks: StudyChunk[];
}

/** What preparing a run takes. */
export interface Preparation {
  plan(request: NetworkUse): Promise<StudyPlan>;
  /** What comes before a study can be kept: until it is over, something would be lost with the page. */
  beforeKept<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Tells once where something cannot be kept, and goes on. */
  keep(work: () => Promise<unknown>): Promise<void>;
  tell(text: string): void;
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
  smooth: settings.smooth,
  against: settings.against ?? null,
  box: settings.box ? { kind: 'box', box: settings.box, part: settings.part ?? 'score' } : null,
  pooling: settings.pooling,
  shuffled: settings.weights === 'randomised' ? settings.seed : null,
});

/** Results with what the study says of itself; null where nothing is known of its network yet. */
export function studyFrom(
  { head: earlier, refused }: StudyRecord,
  { head = earlier, backend }: StudyState,
  chunks: readonly StudyChunk[],
): Study | null {
  return head ? studyOf({ ...head, backend: backend ?? head.backend }, chunks, refused) : null;
}

/** Runs what `prepare` begins: all its pictures that are not among the results yet. */
export function startRun(
  id: string,
  { onProgress, onNote, onResults, onKept }: StudyCallbacks,
  prepare: (preparation: Preparation) => Promise<Begun>,
): StudyRun {
  const controller = new AbortController();
  const { signal } = controller;
  const pace = createPace();
  const pause = createPause(signal);
  let begun: Begun | null = null;
  /** Results while they come. */
  let growing: GrowingStudy | null = null;
  const headNow = ({ state: { head, backend } }: Begun): StudyHead => ({
    ...head,
    backend: backend ?? head.backend,
  });
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
  const cannotKeep = (error: unknown) => {
    if (!told) onNote?.(`${messageOf(error)} The study goes on; save it as a file when it is done.`);
    told = true;
  };
  /** Work on the disk that is under way, the pictures on their way there among it. */
  let keeping = 0;
  const keep = async (work: () => Promise<unknown>) => {
    keeping += 1;
    try {
      await work();
      onKept?.();
    } catch (error) {
      cannotKeep(error);
    } finally {
      keeping -= 1;
    }
  };
  const beforeKept = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    keeping += 1;
    return work().finally(() => {
      keeping -= 1;
    });
  };
  const keeper = createKeeper((chunk) => {
    const { state } = begun as Begun;
    const count = (sign: 1 | -1) => {
      state.measured += sign * chunk.images.length;
      state.failed += sign * chunk.failures.length;
    };
    // The state is put away with the results that it counts.
    count(1);
    return addChunk(state, chunk).catch((error) => {
      count(-1);
      throw error;
    });
  }, cannotKeep);
  const onBackend = ({ state }: Begun, { name, adapter, threads }: StudyPlan['backend']) => {
    if (name === state.backend?.name) return;
    const { head } = state;
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
      beforeKept,
      keep,
      tell: (text) => tell({ text }),
    });
    const { record, state, plan, chunks } = begun;
    const { name, adapter, threads } = plan.backend;
    state.backend = { name, adapter, threads };
    void keep(() => putState(state));
    const finished = new Set(
      chunks.flatMap(({ images, failures }) => [...images, ...failures].map(({ path }) => path)),
    );
    Object.assign(counts, { measured: state.measured, failed: state.failed });
    const text = `Studying on ${backendTitle(plan.backend)}`;
    growing = createGrowingStudy(state.head, begun.entries.length, record.refused);
    for (const chunk of chunks) growing.add(chunk);
    pace.restart();
    tell({ state: pause.isPaused() ? 'paused' : 'running', text });
    const pool = createStudyPool();
    try {
      await runPipeline({
        run: runOf(record),
        plan,
        head: state.head,
        entries: begun.entries.filter(({ path }) => !finished.has(path)),
        classOf: ({ folder }) => (folder === null ? null : (record.classes[folder] ?? null)),
        studyBatch: (batch, options) => engine.call('studyBatch', batch, options),
        trust: (request, options) => engine.call('trust', request, options),
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
          growing?.add(chunk);
          await keeper.take(chunk);
          onResults?.();
        },
        onBackend: (backend) => onBackend(begun as Begun, backend),
      });
    } finally {
      pool.end();
    }
    await keeper.flush();
    const whole = { ...state, done: true, ...counts };
    await keep(() =>
      putWhole(whole, packChunks(chunks)).then(() => {
        state.done = true;
      }),
    );
    growing = null;
    tell({ state: 'done', text: 'Done', left: 0 });
    return studyFrom(record, state, chunks) as Study;
  };

  const result = claims.claim(lockOf(id), work).catch((error: unknown) => {
    growing = null;
    const stopped = signal.aborted;
    if (error instanceof ClaimedError) {
      tell({ state: 'failed', text: runsElsewhere, left: null });
      throw new Error(runsElsewhere);
    }
    tell({ state: stopped ? 'stopped' : 'failed', text: stopped ? 'Stopped' : messageOf(error), left: null });
    throw error;
  });
  // Whoever waits for it is told; nobody has to.
  result.catch(() => {});
  return {
    id,
    current: () =>
      begun && (growing?.study(headNow(begun)) ?? studyFrom(begun.record, begun.state, begun.chunks)),
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
    unkept() {
      if (begun?.state.done) return null;
      const images = keeper.unkept();
      if (images > 0) return `The results of ${picturesInWords(images)} are not kept yet.`;
      return keeping > 0 ? 'The study is on its way to the disk.' : null;
    },
    flush: () => void keeper.flush(),
    done: result,
  };
}

const runsElsewhere = 'This study is running in another tab.';
