import { isMissingCode } from '../../code/missing-code';
import type { StudyPool } from '../../engine/study/pool';
import type {
  MeasuredColumns,
  StudyRun as RunOfNetwork,
  StudiedPicture,
  StudyBatchRequest,
  StudyBatchResult,
  StudyMeasureRequest,
  StudyPicture,
  StudyPlan,
} from '../../engine/study/study-methods';
import type { MapsByDraw } from '../../faithfulness/trust/maps-by-draw';
import type { TrustRequest, TrustResult } from '../../faithfulness/trust/trust-questions';
import type { ImageEntry } from '../../picture/sets/image-set';
import type { SaliencyMethod } from '../../saliency/method-names';
import type { EntropyMeasure } from '../../semiotics';
import { messageOf } from '../../text/message-of';
import { drawColumn, trustColumn } from '../study-columns';
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
  /** Asks how far the maps of a picture can be trusted; there where the study's settings want it. */
  trust?(request: TrustRequest, options: { signal: AbortSignal }): Promise<TrustResult>;
  pool: Pick<StudyPool, 'call' | 'size'>;
  signal: AbortSignal;
  /** Resolves at once, or when a pause is over. */
  gate(): Promise<void>;
  /** Called as soon as a picture is measured or has failed, for progress only. */
  onPicture(outcome: 'measured' | 'failed'): void;
  /** Takes the result of a picture as soon as there is one; the run waits until it is kept. */
  onChunk(chunk: StudyChunk): Promise<void>;
  /** The backend that the last batch ran on. */
  onBackend(backend: StudyBatchResult['backend']): void;
}

interface Decoded {
  entry: ImageEntry;
  picture: StudyPicture;
  trueClass: number | null;
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
  let coming: Promise<Decoded[]> | null = batches > 0 ? decode(0) : null;
  coming?.catch(() => {});
  try {
    for (let index = 0; index < batches; index++) {
      await Promise.race([request.gate(), failed.promise]);
      const decoded = await (coming as Promise<Decoded[]>);
      signal.throwIfAborted();
      coming = index + 1 < batches ? decode(index + 1) : null;
      coming?.catch(() => {});
      const { studied, errors } = await explain(request, decoded);
      failedBatches = errors > 0 && errors === decoded.length ? failedBatches + 1 : 0;
      if (failedBatches >= MOST_FAILED_BATCHES) {
        const last = studied.at(-1);
        throw new Error(last && 'failure' in last ? last.failure : 'Nothing can be computed any more.');
      }
      while (inside > most) await Promise.race([...measuring, failed.promise]);
      inside += studied.length;
      const measured = measureBatch(request, decoded, studied).finally(() => {
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

/** Hands the result of a picture on. */
function tell(
  { head, signal, onPicture, onChunk }: PipelineRequest,
  measured: MeasuredPicture | null,
  failures: StudyChunk['failures'] = [],
): Promise<void> {
  signal.throwIfAborted();
  onPicture(measured ? 'measured' : 'failed');
  return onChunk(chunkOf(head, measured ? [measured] : [], failures));
}

/** The pictures that can be read; of the others it is told. */
async function decodeBatch(request: PipelineRequest, entries: readonly ImageEntry[]): Promise<Decoded[]> {
  const { plan, pool, signal, classOf, head } = request;
  const [height, width] = plan.network.inputShape;
  const results = await Promise.allSettled(
    entries.map(async (entry) => {
      const file = await entry.read();
      const { mask, ...said } = head.settings.trust ? await maskOf(entry) : {};
      const picture = await pool.call('decode', { file, inputSize: { width, height }, mask }, { signal });
      return { ...picture, ...said };
    }),
  );
  signal.throwIfAborted();
  for (const result of results) if (result.status === 'rejected') notOfThePicture(result.reason);
  const decoded: Decoded[] = [];
  const told: Promise<void>[] = [];
  results.forEach((result, index) => {
    const entry = entries[index];
    if (result.status === 'fulfilled') {
      decoded.push({ entry, picture: result.value, trueClass: request.run.box ? null : classOf(entry) });
    } else {
      told.push(tell(request, null, [{ path: entry.path, reason: messageOf(result.reason) }]));
    }
  });
  await Promise.all(told);
  return decoded;
}

/** The file of a picture's mask; where it cannot be had the picture is measured without, and that is said. */
async function maskOf({ mask }: ImageEntry): Promise<{ mask?: Blob; maskNote?: string }> {
  try {
    return { mask: await mask?.read() };
  } catch (error) {
    notOfThePicture(error);
    return { maskNote: messageOf(error) };
  }
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
  decoded: readonly Decoded[],
  studied: readonly Outcome[],
): Promise<void> {
  await Promise.all(
    decoded.map(async ({ entry, picture, trueClass }, index) => {
      const outcome = studied[index];
      let measured: MeasuredPicture | null = null;
      let failure = '';
      try {
        if ('failure' in outcome) throw new Error(outcome.failure);
        const [targets, trust] = await Promise.all([
          measureTargets(request, outcome, trueClass),
          measureTrust(request, picture, outcome),
        ]);
        const maskShare = picture.mask ? shareInside(picture.mask) : null;
        measured = {
          image: imageOf(
            entry.path,
            picture,
            outcome,
            trueClass,
            trust ? { maskShare, maskNote: picture.maskNote } : undefined,
          ),
          targets: [{ ...targets[0], ...trust }, targets[1]],
        };
      } catch (error) {
        notOfThePicture(error);
        failure = messageOf(error);
      }
      await tell(request, measured, measured ? [] : [{ path: entry.path, reason: failure }]);
    }),
  );
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

/** The columns of trust of a picture, for the class that the network names; null where nobody asks. */
async function measureTrust(
  { run, head, plan, pool, trust: ask, signal }: PipelineRequest,
  { input, mask }: StudyPicture,
  { predicted }: StudiedPicture,
): Promise<MeasuredColumns | null> {
  const { trust, seed } = head.settings;
  if (!trust) return null;
  if (!ask) throw new Error('Trust is to be measured, and nobody is there to ask.');
  const { methods, maps } = await ask(
    {
      ...run,
      ...{ input, mask: mask ?? null, seed },
      target:
        run.box ?? (run.against ? { kind: 'contrast', index: predicted, against: run.against } : predicted),
      methods: trust.methods,
      layers: plan.layers.map(({ name }) => name),
      measures: trust.measures,
      percentages: trust.percentages,
      draws: trust.draws,
    },
    { signal },
  );
  const byDraw = await entropiesByDraw({ head, plan, pool, signal }, maps ?? {});
  const measured = Object.fromEntries(
    methods.flatMap(({ method, layers }) =>
      trust.measures.map((measure) => [
        trustColumn(method, measure),
        Float64Array.from(layers, ({ values }) => values[measure] ?? Number.NaN),
      ]),
    ),
  );
  return { ...measured, ...byDraw };
}

/** The columns of entropies by trained and randomised weights. */
async function entropiesByDraw(
  { head, plan, pool, signal }: Pick<PipelineRequest, 'head' | 'plan' | 'pool' | 'signal'>,
  maps: MapsByDraw,
): Promise<MeasuredColumns> {
  const { levels, neighbourhood, torus, grid } = head.settings;
  const [height, width] = plan.network.inputShape;
  const asked = (Object.keys(maps) as SaliencyMethod[]).flatMap((method) =>
    (maps[method] ?? []).map(async (ofDraw, draw) => {
      const request = { maps: ofDraw, levels, neighbourhood, torus };
      const onGrid = { ...request, grid: grid === 'input' ? { width, height } : null };
      const entropies = await pool.call('entropies', onGrid, { signal });
      return Object.entries(entropies).map(([measure, values]) => [
        drawColumn(method, measure as EntropyMeasure, draw),
        values,
      ]);
    }),
  );
  return Object.fromEntries((await Promise.all(asked)).flat());
}

const shareInside = ({ inside }: { inside: Uint8Array }) =>
  inside.reduce((area, value) => area + value, 0) / inside.length;

/** A part of the page that is missing ends the study; no picture is blamed for it. */
function notOfThePicture(error: unknown): void {
  if (isMissingCode(error)) throw error;
}

/** The decoder's messages complete "photo.png ..."; the list of failures names the file beside them. */
