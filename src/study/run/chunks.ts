import type { MeasuredColumns, StudiedPicture, StudyPlan } from '../../engine/study/study-methods';
import { writtenScaling } from '../../export/scaling-schema';
import type { NetworkSummary } from '../../network/network-summary';
import { studyColumnsOf } from '../study-columns';
import {
  type Study,
  type StudyImage,
  type StudyNumbers,
  type StudyOutput,
  type StudySettings,
  studyTargets,
} from '../study-data';

/** A part of a study's results: some pictures with all their numbers, and some that failed. */
export interface StudyChunk {
  images: StudyImage[];
  /** As in a study, for these pictures. */
  numbers: StudyNumbers;
  failures: { path: string; reason: string }[];
}

/** What a study says of itself beside its pictures. */
export type StudyHead = Omit<Study, 'images' | 'numbers' | 'failures'>;

/** What parts of one study have in common: all but the machine they ran on. */
const identityOf = ({ settings, model, labels, layers }: StudyHead): string =>
  JSON.stringify([settings, model, labels, layers]);

/** Whether all are parts of one study. One that does not tell how its pictures were scaled may go with any. */
export function areOneStudy(heads: readonly StudyHead[]): boolean {
  const scalings = heads.flatMap(({ scaling }) =>
    scaling ? [JSON.stringify([scaling.factor, scaling.offset, scaling.bgr])] : [],
  );
  return new Set(heads.map(identityOf)).size <= 1 && new Set(scalings).size <= 1;
}

/** A picture with the numbers of its two classes; those of an unknown true class are null. */
export interface MeasuredPicture {
  image: StudyImage;
  targets: [predicted: MeasuredColumns, true: MeasuredColumns | null];
}

export const headOf = (settings: StudySettings, plan: StudyPlan, of: number, version: string): StudyHead => ({
  schema: 'supersign/study',
  version: 1,
  app: { version },
  settings,
  model: {
    name: plan.network.title,
    format: plan.network.format,
    sha256: plan.network.sha256,
    inputShape: plan.network.inputShape,
    output: outputOf(plan.network),
  },
  scaling: writtenScaling(plan.scaling),
  backend: { name: plan.backend.name, adapter: plan.backend.adapter, threads: plan.backend.threads },
  labels: plan.network.labels,
  layers: plan.layers,
  of,
});

const outputOf = ({ output, kind, outputIs, outputReason }: NetworkSummary): StudyOutput => ({
  ...{ name: output, kind },
  ...{ is: outputIs, reason: outputReason },
});

export function imageOf(
  path: string,
  file: { sha256: string; width: number; height: number },
  { predicted, probability, trueProbability, value, doubt }: StudiedPicture,
  trueClass: number | null,
  trust?: { maskShare: number | null; maskNote?: string },
): StudyImage {
  const { sha256, width, height } = file;
  const number = value === undefined ? {} : { value };
  return {
    ...{ path, sha256, width, height, trueClass, predicted, probability, trueProbability, ...number },
    ...(trust && doubt ? { doubt } : {}),
    ...(trust && trust.maskShare !== null ? { maskShare: trust.maskShare } : {}),
    ...(trust?.maskNote ? { maskNote: trust.maskNote } : {}),
  };
}

/** Puts measured pictures together. */
export function chunkOf(
  head: Pick<StudyHead, 'settings' | 'layers'>,
  pictures: readonly MeasuredPicture[],
  failures: StudyChunk['failures'],
): StudyChunk {
  const numbers = emptyNumbers(head, pictures.length);
  const layers = head.layers.length;
  pictures.forEach(({ targets }, picture) => {
    targets.forEach((measured, target) => {
      if (!measured) return;
      const row = (picture * studyTargets.length + target) * layers;
      for (const [name, values] of Object.entries(measured)) numbers[name].set(values, row);
    });
  });
  return { images: pictures.map(({ image }) => image), numbers, failures };
}

/** Several chunks as one. */
export function joinChunks(chunks: readonly StudyChunk[]): StudyChunk {
  if (chunks.length === 1) return chunks[0];
  const names = Object.keys(chunks[0]?.numbers ?? {});
  const joined = (name: string) => {
    const parts = chunks.map(({ numbers }) => numbers[name]);
    const values = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      values.set(part, at);
      at += part.length;
    }
    return values;
  };
  return {
    images: chunks.flatMap(({ images }) => images),
    numbers: Object.fromEntries(names.map((name) => [name, joined(name)])),
    failures: chunks.flatMap(({ failures }) => failures),
  };
}

/** The same results in chunks of about so many pictures: few are read faster than many. */
export function packChunks(chunks: readonly StudyChunk[], pictures = 256): StudyChunk[] {
  const packed: StudyChunk[] = [];
  let open: StudyChunk[] = [];
  let count = 0;
  for (const chunk of chunks) {
    open.push(chunk);
    count += chunk.images.length + chunk.failures.length;
    if (count < pictures) continue;
    packed.push(joinChunks(open));
    open = [];
    count = 0;
  }
  return open.length > 0 ? [...packed, joinChunks(open)] : packed;
}

/**
 * The study of some chunks, its pictures and failures in the order of their paths.
 * @param refused files of the set that are no pictures
 */
export function studyOf(
  head: StudyHead,
  chunks: readonly StudyChunk[],
  refused: Readonly<StudyChunk['failures']> = [],
): Study {
  const rows = chunks
    .flatMap((chunk) => chunk.images.map((image, index) => ({ image, chunk, index })))
    .sort((a, b) => (a.image.path < b.image.path ? -1 : 1));
  const numbers = emptyNumbers(head, rows.length);
  const length = studyTargets.length * head.layers.length;
  for (const name of Object.keys(numbers)) {
    rows.forEach(({ chunk, index }, row) => {
      numbers[name].set(chunk.numbers[name].subarray(index * length, (index + 1) * length), row * length);
    });
  }
  return {
    ...head,
    images: rows.map(({ image }) => image),
    numbers,
    failures: [...refused, ...chunks.flatMap(({ failures }) => failures)].sort((a, b) =>
      a.path < b.path ? -1 : 1,
    ),
  };
}

/** Columns with room for so many pictures, without any number. */
export function emptyNumbers({ settings, layers }: Pick<StudyHead, 'settings' | 'layers'>, pictures: number) {
  const rows = pictures * studyTargets.length * layers.length;
  return Object.fromEntries(
    studyColumnsOf(settings).map((name) => [name, new Float64Array(rows).fill(Number.NaN)]),
  );
}
