import { isMissingCode } from '../code/missing-code';
import type { ImageEntry } from '../engine/image-set/image-set';
import type { StudyPool } from '../engine/study/pool';
import type {
  MeasuredColumns,
  StudyRun as RunOfNetwork,
  StudiedPicture,
  StudyBatchRequest,
  StudyBatchResult,
  StudyMeasureRequest,
  StudyPicture,
  StudyPlan,
} from '../engine/study/protocol';
import { chunkOf, imageOf, type MeasuredPicture, type StudyChunk, type StudyHead } from './chunks';

export interface PipelineRequest {
  run: RunOfNetwork;
  plan: StudyPlan;
  head: StudyHead;
  /** What is to be done, in order. */
  entries: readonly ImageEntry[];
  classOf(entry: ImageEntry): number | null;
  /** Runs the network on a batch. */
  studyBatch(request: StudyBatchRequest, options: { signal: AbortSignal }): Promise<StudyBatchResult>;
  pool: Pick<StudyPool, 'call' | 'size'>;
  signal: AbortSignal;
  /** Resolves at once, or when a pause is over. */
  gate(): Promise<void>;
  /** Called as soon as a picture is measured or has failed, for progress only. */
  onPicture(outcome: 'measured' | 'failed'): void;
  /** Takes the results of a batch; the run waits until they are kept. */
  onChunk(chunk: StudyChunk): Promise<void>;
  /** The backend that the last batch ran on. */
  onBackend(backend: StudyBatchResult['backend']): void;
}

interface Decoded {
  entry: ImageEntry;
  picture: StudyPicture;
  trueClass: number | null;
}

type Failures = StudyChunk['failures'];

interface DecodedBatch {
  decoded: Decoded[];
  failures: Failures;
}

/** Batches that end in an error altogether, one after the other, until the run is given up. */
const MOST_FAILED_BATCHES = 3;

/**
 * Takes the pictures through decoding, the network and measuring, which go on side by side: while a batch is in the network
 * the next one is decoded and the ones before are measured. No stage runs further ahead than that, so memory stays
 * what it is however many pictures there are.
 * @throws the reason of `signal`, what `onChunk` throws, and what the engine says when nothing works any more
 */
export async function runPipeline(request: PipelineRequest): Promise<void> {
  const { entries, plan, pool, signal } = request;
  const batches = Math.ceil(entries.length / plan.batch);
  const decode = (index: number) =>
    decodeBatch(request, entries.slice(index * plan.batch, (index + 1) * plan.batch));
  const measuring = new Set<Promise<void>>();
  /** Pictures between the network and their results. */
  let inside = 0;
  const most = plan.batch + 2 * pool.size;
  let failedBatches = 0;
  const failed = rejection();
  let coming: Promise<DecodedBatch> | null = batches > 0 ? decode(0) : null;
  coming?.catch(() => {});
  try {
    for (let index = 0; index < batches; index++) {
      await Promise.race([request.gate(), failed.promise]);
      const batch = await (coming as Promise<DecodedBatch>);
      signal.throwIfAborted();
      coming = index + 1 < batches ? decode(index + 1) : null;
      coming?.catch(() => {});
      const { studied, errors } = await explain(request, batch.decoded);
      failedBatches = errors > 0 && errors === batch.decoded.length ? failedBatches + 1 : 0;
      if (failedBatches >= MOST_FAILED_BATCHES) {
        const last = studied.at(-1);
        throw new Error(last && 'failure' in last ? last.failure : 'Nothing can be computed any more.');
      }
      while (inside > most) await Promise.race([...measuring, failed.promise]);
      inside += studied.length;
      const measured = measureBatch(request, batch, studied)
        .then(request.onChunk)
        .finally(() => {
          inside -= studied.length;
          measuring.delete(measured);
        });
      measured.catch(failed.reject);
      measuring.add(measured);
    }
    await Promise.all(measuring);
  } finally {
    // What is still under way must not report to anybody after the end.
    await Promise.allSettled([...measuring, coming]);
  }
}

function rejection(): { promise: Promise<never>; reject(error: unknown): void } {
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<never>((_, refuse) => {
    reject = refuse;
  });
  promise.catch(() => {});
  return { promise, reject };
}

async function decodeBatch(request: PipelineRequest, entries: readonly ImageEntry[]): Promise<DecodedBatch> {
  const { plan, pool, signal, classOf, onPicture } = request;
  const [height, width] = plan.network.inputShape;
  const batch: DecodedBatch = { decoded: [], failures: [] };
  const results = await Promise.allSettled(
    entries.map(async (entry) => {
      const file = await entry.read();
      return pool.call('decode', { file, inputSize: { width, height } }, { signal });
    }),
  );
  signal.throwIfAborted();
  results.forEach((result, index) => {
    const entry = entries[index];
    if (result.status === 'fulfilled') {
      batch.decoded.push({ entry, picture: result.value, trueClass: classOf(entry) });
    } else {
      notOfThePicture(result.reason);
      batch.failures.push({ path: entry.path, reason: messageOf(result.reason) });
      onPicture('failed');
    }
  });
  return batch;
}

type Outcome = StudiedPicture | { failure: string };

/**
 * Runs the network over a batch; where that fails altogether, picture by picture, so that only those are lost which it is
 * about.
 * @returns an outcome for each picture, and how many are errors of the engine
 */
async function explain(
  { run, signal, studyBatch, onBackend }: PipelineRequest,
  decoded: readonly Decoded[],
): Promise<{ studied: Outcome[]; errors: number }> {
  const call = async (part: readonly Decoded[]) => {
    const { pictures, backend } = await studyBatch(
      {
        ...run,
        pictures: part.map(({ picture }) => picture.input),
        trueClasses: part.map(({ trueClass }) => trueClass),
      },
      { signal },
    );
    onBackend(backend);
    return pictures;
  };
  if (decoded.length === 0) return { studied: [], errors: 0 };
  try {
    return { studied: await call(decoded), errors: 0 };
  } catch {
    signal.throwIfAborted();
  }
  const studied: Outcome[] = [];
  let errors = 0;
  for (const each of decoded) {
    try {
      studied.push(...(await call([each])));
    } catch (error) {
      signal.throwIfAborted();
      notOfThePicture(error);
      studied.push({ failure: messageOf(error) });
      errors += 1;
    }
  }
  return { studied, errors };
}

async function measureBatch(
  request: PipelineRequest,
  { decoded, failures }: DecodedBatch,
  studied: readonly Outcome[],
): Promise<StudyChunk> {
  const measured: MeasuredPicture[] = [];
  const failed: Failures = [...failures];
  await Promise.all(
    decoded.map(async ({ entry, picture, trueClass }, index) => {
      const outcome = studied[index];
      try {
        if ('failure' in outcome) throw new Error(outcome.failure);
        const targets = await measureTargets(request, outcome, trueClass);
        measured.push({ image: imageOf(entry.path, picture, outcome, trueClass), targets });
        request.onPicture('measured');
      } catch (error) {
        request.signal.throwIfAborted();
        notOfThePicture(error);
        failed.push({ path: entry.path, reason: messageOf(error) });
        request.onPicture('failed');
      }
    }),
  );
  return chunkOf(request.head, measured, failed);
}

/** Where the predicted class is the true one, both have the same numbers. */
async function measureTargets(
  { head, plan, pool, signal }: PipelineRequest,
  { maps, trueMaps }: StudiedPicture,
  trueClass: number | null,
): Promise<MeasuredPicture['targets']> {
  const { measures, levels, neighbourhood, torus, tau, theta, shuffles, seed, grid } = head.settings;
  const [height, width] = plan.network.inputShape;
  const signGrid = { width, height };
  const measured = (of: StudyMeasureRequest['maps']): Promise<MeasuredColumns> =>
    pool.call(
      'measure',
      {
        maps: of,
        ...{ measures, levels, neighbourhood, torus, tau, theta, shuffles, seed, signGrid },
        grid: grid === 'input' ? signGrid : null,
      },
      { signal },
    );
  const [predicted, other] = await Promise.all([measured(maps), trueMaps && measured(trueMaps)]);
  return [predicted, other ?? (trueClass === null ? null : predicted)];
}

/** A part of the page that is missing ends the study; no picture is blamed for it. */
function notOfThePicture(error: unknown): void {
  if (isMissingCode(error)) throw error;
}

/** The decoder's messages complete "photo.png ..."; the list of failures names the file beside them. */
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
