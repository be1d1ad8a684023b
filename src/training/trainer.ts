import { type BackendName, backendTitle } from '../backend/backend-names';
import { type BackendLostError, type RunningBackend, startBackend } from '../backend/choose-backend';
import { giveUpBackend, survivingLoss } from '../backend/surviving-loss';
import type { Handlers } from '../rpc/serve';
import { counted } from '../text/counted';
import type { Architecture } from './architecture/architecture';
import { borrowedWeights } from './architecture/borrowed-weights';
import { startingWeights } from './architecture/initial-weights';
import type { NamedWeight } from './architecture/named-weight';
import { costOf } from './architecture/training-cost';
import { bufferNeeds } from './buffer-needs';
import type { Dataset } from './data/dataset';
import { openDataset } from './data/open-dataset';
import { restoreStatistics } from './restore-statistics';
import { createTrainingSession, type SessionStart, type TrainingSession } from './session';
import type { OpenTraining, Recipe, TrainingMethods } from './training-methods';

/** A batch that does not fit into memory, or a question before anything was opened; a sentence. */
export class TrainingError extends Error {
  override name = 'TrainingError';
}

interface OpenedTraining {
  request: OpenTraining;
  data: Dataset;
  backend: RunningBackend;
  session: TrainingSession;
  /** Where to go on when the device is lost. */
  kept: SessionStart;
  keptAt: number;
}

/** Milliseconds between two checkpoints kept against the loss of a device. */
const KEEP_EVERY = 10_000;

/** The answers of the training worker: one training on one backend; a lost device is replaced by the next one. */
export function createTrainer(): Handlers<TrainingMethods> {
  const failed = new Map<BackendName, string>();
  let opened: OpenedTraining | null = null;

  const close = () => {
    const before = opened;
    opened = null;
    if (before && !before.backend.isLost()) before.session.dispose();
  };

  const current = (): OpenedTraining => {
    if (!opened) throw new TrainingError('No training is open.');
    return opened;
  };

  /** Forgets the lost device and goes on from what was kept, on the next one. */
  const replaceBackend = async (training: OpenedTraining, error: BackendLostError): Promise<void> => {
    giveUpBackend(training.backend, error, failed);
    const { backend, start } = training.request;
    training.backend = await startBackend(backend, failed, bufferNeeds(start));
    training.session = createTrainingSession({ ...training.kept, data: training.data });
  };

  const onBackend = async <Result>(
    signal: AbortSignal,
    work: (training: OpenedTraining) => Promise<Result>,
  ): Promise<Result> => {
    const training = current();
    return survivingLoss(
      signal,
      () => training.backend,
      () => work(training),
      (error) => replaceBackend(training, error),
    );
  };

  /** Only devices can be lost; what runs on the processor stays. */
  const keepNowAndThen = async (training: OpenedTraining) => {
    const { name } = training.backend.report;
    if (name === 'wasm' || name === 'cpu' || performance.now() - training.keptAt < KEEP_EVERY) return;
    training.kept = { checkpoint: await training.session.checkpoint() };
    training.keptAt = performance.now();
  };

  return {
    async open(request, task) {
      close();
      const start: SessionStart = 'step' in request.start ? { checkpoint: request.start } : request.start;
      const { architecture, recipe } = request.start;
      const drawn = costOf(architecture);
      task.report({ text: 'Reading the pictures', fraction: null });
      const data = await openDataset(request.data, architecture.side, {
        onProgress: (done, of) =>
          task.report({ text: `Reading picture ${done} of ${of}`, fraction: done / of }),
        pause: task.checkpoint,
      });
      task.report({ text: 'Starting the engine', fraction: null });
      const backend = await startBackend(request.backend, failed, bufferNeeds(request.start));
      assertBatchFits(architecture, recipe, drawn.activationBytes, backend);
      const kept = await withStatistics(start, data);
      const session = createTrainingSession({ ...kept, data });
      opened = { request, data, backend, session, kept, keptAt: performance.now() };
      const { stepsPerEpoch, steps } = session;
      return { result: { data: data.summary, backend: backend.report, stepsPerEpoch, steps } };
    },

    advance: ({ steps, milliseconds }, task) =>
      onBackend(task.signal, async (training) => {
        const advance = await training.session.advance(steps, {
          milliseconds,
          onStep: (report) => task.report(report),
          pause: task.checkpoint,
        });
        await keepNowAndThen(training);
        return { result: { ...advance, backend: training.backend.report } };
      }),

    evaluate: ({ pictures }, task) =>
      onBackend(task.signal, async ({ session }) => ({
        result: await session.evaluate(pictures, hooksOf(task)),
      })),

    profile: (options, task) =>
      onBackend(task.signal, async ({ session }) => ({
        result: await session.profile(options, hooksOf(task)),
      })),

    checkpoint: (_, task) =>
      onBackend(task.signal, async ({ session }) => {
        const result = await session.checkpoint();
        const buffers = ({ values }: NamedWeight) => values.buffer as ArrayBuffer;
        return { result, transfer: [...result.weights.map(buffers), ...result.moments.map(buffers)] };
      }),

    async close() {
      close();
      return { result: null };
    },

    startingWeights: async (request, task) => ({ result: await borrowedWeights(request, task) }),
  };
}

/** A loaded network's normalisations are folded into its weights; a training needs them by themselves. */
async function withStatistics(start: SessionStart, data: Dataset): Promise<SessionStart> {
  if ('checkpoint' in start || start.weights === null) return start;
  const { architecture, recipe } = start;
  const weights = startingWeights(architecture, recipe.seed, start.weights);
  return { ...start, weights: await restoreStatistics(architecture, weights, data) };
}

const hooksOf = (task: { report(progress: { fraction: number }): void; checkpoint(): Promise<void> }) => ({
  onProgress: (fraction: number) => task.report({ fraction }),
  pause: task.checkpoint,
});

/** Feature maps, the gradients towards the largest of them, and what kernels lay out for themselves: an estimate on the safe side. */
const OVERHEAD = 2;
/** Of the 4 GiB that WebAssembly addresses. */
const WASM_ROOM = 3 * 2 ** 30;

function assertBatchFits(
  { title }: Architecture,
  { batch }: Recipe,
  activationBytes: number,
  { report }: RunningBackend,
): void {
  const bytes = batch * activationBytes * OVERHEAD;
  if (report.name !== 'wasm' || bytes <= WASM_ROOM) return;
  const most = Math.floor(WASM_ROOM / (activationBytes * OVERHEAD));
  throw new TrainingError(
    `A batch of ${counted(batch, 'picture')} of ${title} takes about ${(bytes / 2 ** 30).toFixed(1)} GB, more than fits on ${backendTitle(report)}. Take at most ${most}, or smaller pictures.`,
  );
}
