import { version } from '../../../package.json';
import type { StudyPlan } from '../../engine/study/study-methods';
import type { NetworkRequest } from '../../network/network-request';
import type { ImageEntry, ImageSet, ImageSource } from '../../picture/sets/image-set';
import { openImageSet } from '../../picture/sets/open-image-set';
import { ClaimedError } from '../../storage/claims';
import { counted } from '../../text/counted';
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
} from '../kept-studies';
import { claims, lockOf } from '../study-claims';
import type { LeftOut, Study, StudySettings } from '../study-data';
import { choosePictures, ofSplit } from './choose-pictures';
import { headOf, type StudyHead } from './chunks';
import { type StudyCallbacks, type StudyRun, startRun, studyFrom } from './study-run';

export type { StudyCallbacks, StudyProgress, StudyRun } from './study-run';

/** What a study is to be made of. */
export interface StudyRequest extends NetworkRequest {
  /** What the reader calls it: the folder, the archive. */
  name: string;
  settings: StudySettings;
  images: readonly ImageSource[];
  /** The network's class for every folder (see `matchClasses`); null, or absent, where there is none. */
  classes: Readonly<Record<string, number | null>>;
  /** Finds the pictures to leave out, where the settings ask for that; tells how far it is. */
  duplicates?: (tell: (text: string) => void) => Promise<LeftOut[]>;
}

/** A study as the list of those in this browser shows it. */
export interface KeptStudy
  extends Pick<StudyRecord, 'id' | 'name' | 'created' | 'settings'>,
    Pick<StudyState, 'measured' | 'failed' | 'picturesKept'> {
  /** Pictures it takes. */
  of: number;
  /**
   * `running`: in this tab or another one. `interrupted`: `resumeStudy` goes on with it, with the pictures given again where
   * they are not kept.
   */
  status: 'running' | 'interrupted' | 'done';
}

/**
 * Begins a study. It is kept in this browser before anything is computed, and so is what it finds as it goes, so that it survives
 * the page.
 */
export function createStudyRun(request: StudyRequest, callbacks: StudyCallbacks): StudyRun {
  // Pages that are not served securely have no randomUUID.
  const id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  return startRun(id, callbacks, async (run) => {
    const { record, entries, of } = await run.beforeKept(() => recordOf(id, request, run.tell));
    const state: StudyState = {
      ...{ id, done: false, measured: 0, failed: 0, picturesKept: false, head: null, backend: null },
    };
    await run.keep(() => putStudy(record, state));
    // The study need not wait until the pictures are kept.
    const pictures = run.keep(async () => {
      await putPictures(id, request.images);
      state.picturesKept = true;
      await putState(state);
    });
    try {
      const plan = await run.plan(request);
      const begun = Object.assign(state, { head: headIn(record, plan, of) });
      return { record, state: begun, plan, entries, chunks: [] };
    } catch (error) {
      // A network that cannot be used leaves no study behind.
      void pictures.then(() => run.keep(() => dropStudy(id)));
      throw error;
    }
  });
}

/** What a study is made of, once its pictures are known and its duplicates found. */
async function recordOf(
  id: string,
  { name, settings, backend, network, reading, labels, ...request }: StudyRequest,
  tell: (text: string) => void,
) {
  const set = await openImageSet(request.images);
  const leftOut = settings.withoutDuplicates ? await request.duplicates?.(tell) : null;
  const without = new Set(leftOut?.map(({ path }) => path));
  const entries = choosePictures(
    set.entries.filter(({ path }) => !without.has(path)),
    settings,
  );
  const record: StudyRecord = {
    ...{ id, name, settings, backend, network, reading, labels },
    created: Date.now(),
    classes: { ...request.classes },
    chosen: entries.map(({ path, bytes }) => ({ path, bytes })),
    refused: [...set.refused],
    ...(leftOut && leftOut.length > 0 ? { leftOut } : {}),
  };
  return { record, entries, of: ofSplit(set.entries, settings.split ?? null).length };
}

const headIn = ({ settings, leftOut }: StudyRecord, plan: StudyPlan, of: number): StudyHead => ({
  ...headOf(settings, plan, of, version),
  ...(leftOut ? { leftOut } : {}),
});

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
    const set = await openImageSet(sources);
    const entries = sameAgain(record, set);
    const plan = await run.plan(record);
    const head = state.head ?? record.head;
    if (head && plan.network.sha256 !== head.model.sha256) {
      throw new Error(`${plan.network.title} is not the network that "${record.name}" was begun with.`);
    }
    const chunks = await chunksOf(id);
    const sum = (count: (chunk: (typeof chunks)[number]) => number) =>
      chunks.reduce((total, chunk) => total + count(chunk), 0);
    state.measured = sum((chunk) => chunk.images.length);
    state.failed = sum((chunk) => chunk.failures.length);
    const of = ofSplit(set.entries, record.settings.split ?? null).length;
    const begun = Object.assign(state, { head: head ?? headIn(record, plan, of) });
    return { record, state: begun, plan, entries, chunks };
  });
}

/** What a kept study was made of: by the same network, on the same pictures, another one can be. @throws StoreError */
export async function requestOfKept(id: string): Promise<{
  request: Omit<StudyRequest, 'images'>;
  chosen: StudyRecord['chosen'];
  images: readonly ImageSource[] | null;
}> {
  const { record } = await getStudy(id);
  const { name, settings, backend, network, reading, labels, classes, chosen } = record;
  const request = { name, settings, backend, network, reading, labels, classes };
  return { request, chosen, images: (await getPictures(id)) ?? null };
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
    const count = `${missing.toLocaleString('en')} of ${counted(chosen.length, 'picture')} of "${name}"`;
    throw new Error(
      missing === 1
        ? `${count} is not among these, or has another size. Drop the same folder or archive as before.`
        : `${count} are not among these, or have another size. Drop the same folder or archive as before.`,
    );
  }
  return same;
}

/** The studies that this browser keeps, from the newest. */
export async function listStudies(): Promise<KeptStudy[]> {
  const [held, studies] = await Promise.all([claims.held(), allStudies()]);
  return studies.map(({ record, state }) => ({
    ...{ id: record.id, name: record.name, created: record.created, settings: record.settings },
    ...{ measured: state.measured, failed: state.failed, picturesKept: state.picturesKept },
    of: record.chosen.length,
    status: state.done ? 'done' : held.has(lockOf(record.id)) ? 'running' : 'interrupted',
  }));
}

/** The results of a study that is kept here, as far as it has come. */
export async function openStudy(id: string): Promise<Study> {
  const { record, state } = await getStudy(id);
  const study = studyFrom(record, state, await chunksOf(id));
  if (!study) throw new Error(`"${record.name}" has no results yet. "Resume" begins with its first image.`);
  return study;
}

/** Forgets a study. @throws Error where it runs, in this tab or another one */
export async function removeStudy(id: string): Promise<void> {
  try {
    await claims.claim(lockOf(id), () => dropStudy(id));
  } catch (error) {
    if (error instanceof ClaimedError) {
      throw new Error('It is running, here or in another tab. Cancel it there first.');
    }
    throw error;
  }
}
