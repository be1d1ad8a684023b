import { version } from '../../package.json';
import type { ImageEntry, ImageSet, ImageSource } from '../engine/image-set/image-set';
import { openImageSet } from '../engine/image-set/open-image-set';
import type { NetworkRequest } from '../engine/protocol';
import { choosePictures, ofSplit } from './choose-pictures';
import { headOf } from './chunks';
import {
  allStudies,
  chunksOf,
  dropStudy,
  getPictures,
  getStudy,
  putPictures,
  putState,
  putStudy,
  type StudyRecord,
  type StudyState,
} from './store';
import type { Study, StudySettings } from './study-data';
import { lockOf, type StudyCallbacks, type StudyRun, startRun, studyFrom } from './study-run';

export type { StudyCallbacks, StudyProgress, StudyRun } from './study-run';

/** What a study is to be made of. */
export interface StudyRequest extends NetworkRequest {
  /** What the reader calls it: the folder, the archive. */
  name: string;
  settings: StudySettings;
  images: readonly ImageSource[];
  /** The network's class for every folder (see `matchClasses`); null, or absent, where there is none. */
  classes: Readonly<Record<string, number | null>>;
}

/** A study as the list of those in this browser shows it. */
export interface KeptStudy
  extends Pick<StudyRecord, 'id' | 'name' | 'created' | 'settings'>,
    Pick<StudyState, 'measured' | 'failed' | 'picturesKept'> {
  /** Pictures it takes. */
  of: number;
  /** `interrupted`: `resumeStudy` goes on with it, with the pictures given again where they are not kept. */
  status: 'running' | 'interrupted' | 'done';
}

/** Begins a study. What it finds is kept in this browser as it goes, so that it survives the page. */
export function createStudyRun(request: StudyRequest, callbacks: StudyCallbacks): StudyRun {
  // Pages that are not served securely have no randomUUID.
  const id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  return startRun(id, callbacks, async (run) => {
    const plan = await run.plan(request);
    const set = await openImageSet(request.images);
    const { name, settings, backend, network, reading, labels } = request;
    const entries = choosePictures(set.entries, settings);
    const of = ofSplit(set.entries, settings.split ?? null).length;
    const head = headOf(settings, plan, of, version);
    const record: StudyRecord = {
      ...{ id, name, settings, backend, network, reading, labels, head },
      created: Date.now(),
      classes: { ...request.classes },
      chosen: entries.map(({ path, bytes }) => ({ path, bytes })),
      refused: [...set.refused],
    };
    const state: StudyState = {
      ...{ id, done: false, measured: 0, failed: 0, picturesKept: false },
      backend: head.backend,
    };
    await run.keep(() => putStudy(record, state));
    // The study need not wait until the pictures are kept.
    void run.keep(async () => {
      await putPictures(id, request.images);
      state.picturesKept = true;
      await putState(state);
    });
    return { record, state, plan, entries, chunks: [] };
  });
}

/**
 * Goes on with a study that was interrupted, exactly where it was.
 * @param images its pictures, where this browser does not keep them
 */
export function resumeStudy(
  id: string,
  callbacks: StudyCallbacks,
  images: readonly ImageSource[] | null = null,
): StudyRun {
  return startRun(id, callbacks, async (run) => {
    const { record, state } = await getStudy(id);
    const sources = images ?? (await getPictures(id));
    if (!sources) throw new Error(`Drop the pictures of "${record.name}" again: they are not kept here.`);
    const entries = sameAgain(record, await openImageSet(sources));
    const plan = await run.plan(record);
    if (plan.network.sha256 !== record.head.model.sha256) {
      throw new Error(`${plan.network.title} is not the network that "${record.name}" was begun with.`);
    }
    const chunks = await chunksOf(id);
    const sum = (count: (chunk: (typeof chunks)[number]) => number) =>
      chunks.reduce((total, chunk) => total + count(chunk), 0);
    state.measured = sum((chunk) => chunk.images.length);
    state.failed = sum((chunk) => chunk.failures.length);
    return { record, state, plan, entries, chunks };
  });
}

/** The pictures of the record in a set, known by path and size; throws where one is missing or another one. */
function sameAgain({ chosen, name }: StudyRecord, { entries }: ImageSet): ImageEntry[] {
  const found = new Map(entries.map((entry) => [entry.path, entry] as const));
  const same = chosen.flatMap(({ path, bytes }) => {
    const entry = found.get(path);
    return entry?.bytes === bytes ? [entry] : [];
  });
  const missing = chosen.length - same.length;
  if (missing > 0) {
    throw new Error(
      `${missing} of the ${chosen.length} pictures of "${name}" are not among these, or have another size. Drop the same folder or archive as before.`,
    );
  }
  return same;
}

/** The studies that this browser keeps, from the newest. */
export async function listStudies(): Promise<KeptStudy[]> {
  const held = new Set((await navigator.locks?.query())?.held?.map((lock) => lock.name));
  return (await allStudies()).map(({ record, state }) => ({
    ...{ id: record.id, name: record.name, created: record.created, settings: record.settings },
    ...{ measured: state.measured, failed: state.failed, picturesKept: state.picturesKept },
    of: record.chosen.length,
    status: state.done ? 'done' : held.has(lockOf(record.id)) ? 'running' : 'interrupted',
  }));
}

/** The results of a study that is kept here, as far as it has come. */
export async function openStudy(id: string): Promise<Study> {
  const { record, state } = await getStudy(id);
  return studyFrom(record, state, await chunksOf(id));
}

export const removeStudy = async (id: string): Promise<void> => {
  await dropStudy(id);
};
