import type { DBSchema } from 'idb';
import type { NetworkRequest } from '../network/network-request';
import type { ImageSource } from '../picture/sets/image-set';
import { createDatabase } from '../storage/database';
import { StoreError } from '../storage/store-error';
import type { StudyChunk, StudyHead } from './run/chunks';
import type { LeftOut, StudySettings } from './study-data';

/** What a study is, as this browser keeps it; it does not change while it runs. */
export interface StudyRecord extends NetworkRequest {
  id: string;
  /** What the reader calls it. */
  name: string;
  /** Milliseconds since 1970. */
  created: number;
  settings: StudySettings;
  /** Class of every folder; null where it has none. */
  classes: Record<string, number | null>;
  /** In records of earlier versions; now the state has it. */
  head?: StudyHead;
  /** The pictures that it takes, by which they are known again. */
  chosen: { path: string; bytes: number }[];
  /** Files of the set that are no pictures. */
  refused: { path: string; reason: string }[];
  /** Pictures that are left out because another one has the same bytes. */
  leftOut?: LeftOut[];
}

/** How far a study has come. */
export interface StudyState {
  id: string;
  done: boolean;
  /** Pictures measured and failed so far. */
  measured: number;
  failed: number;
  /** Whether the pictures are kept as well; else they must be given again to go on. */
  picturesKept: boolean;
  /** What the study says of itself; null until its network is loaded. Absent in states of earlier versions: the record has it. */
  head?: StudyHead | null;
  /** The backend that it runs on; null until its network is loaded. */
  backend: StudyHead['backend'] | null;
}

interface Kept extends DBSchema {
  studies: { key: string; value: StudyRecord };
  states: { key: string; value: StudyState };
  /** The pictures of a study, by its id. */
  pictures: { key: string; value: readonly ImageSource[] };
  /** Results of the study of this id, in the order in which they came. */
  chunks: { key: number; value: StudyChunk & { study: string }; indexes: { study: string } };
}

const database = createDatabase<Kept>('supersign-studies', 1, (created) => {
  created.createObjectStore('studies', { keyPath: 'id' });
  created.createObjectStore('states', { keyPath: 'id' });
  created.createObjectStore('pictures');
  created.createObjectStore('chunks', { autoIncrement: true }).createIndex('study', 'study');
});

/** Longest wait for pictures on their way to the disk, in milliseconds: there may be gigabytes of them. */
const picturePatience = 15 * 60_000;

/** @throws StoreError */
export const putStudy = (record: StudyRecord, state: StudyState): Promise<unknown> =>
  database.transact(['studies', 'states'], 'readwrite', (transaction) =>
    Promise.all([
      transaction.objectStore('states').put(state),
      transaction.objectStore('studies').put(record),
    ]),
  );

/** @throws StoreError */
export const putState = (state: StudyState): Promise<unknown> =>
  database.transact(['states'], 'readwrite', (transaction) => transaction.objectStore('states').put(state));

/** @throws StoreError, also where there is no such study */
export async function getStudy(id: string): Promise<{ record: StudyRecord; state: StudyState }> {
  const [record, state] = await database.transact(['studies', 'states'], 'readonly', (transaction) =>
    Promise.all([transaction.objectStore('studies').get(id), transaction.objectStore('states').get(id)]),
  );
  if (!record || !state) throw new StoreError('gone');
  return { record, state };
}

/** From the newest. @throws StoreError */
export async function allStudies(): Promise<{ record: StudyRecord; state: StudyState }[]> {
  const [records, states] = await database.transact(['studies', 'states'], 'readonly', (transaction) =>
    Promise.all([transaction.objectStore('studies').getAll(), transaction.objectStore('states').getAll()]),
  );
  const byId = new Map(states.map((state) => [state.id, state] as const));
  return records
    .sort((a, b) => b.created - a.created)
    .flatMap((record) => {
      const state = byId.get(record.id);
      return state ? [{ record, state }] : [];
    });
}

/** Keeps results together with the state that counts them. @throws StoreError */
export const addChunk = (state: StudyState, chunk: StudyChunk): Promise<unknown> =>
  database.transact(['states', 'chunks'], 'readwrite', (transaction) =>
    Promise.all([
      transaction.objectStore('chunks').add({ study: state.id, ...chunk }),
      transaction.objectStore('states').put(state),
      // A page that is left does not come to see its requests answered.
      transaction.commit(),
    ]),
  );

/** The end of a study: its results in few chunks, its pictures forgotten. @throws StoreError */
export const putWhole = (state: StudyState, chunks: readonly StudyChunk[]): Promise<unknown> =>
  database.transact(['states', 'chunks', 'pictures'], 'readwrite', async (transaction) => {
    const kept = transaction.objectStore('chunks');
    const keys = await kept.index('study').getAllKeys(state.id);
    await Promise.all([
      ...keys.map((key) => kept.delete(key)),
      ...chunks.map((chunk) => kept.add({ study: state.id, ...chunk })),
      transaction.objectStore('states').put(state),
      transaction.objectStore('pictures').delete(state.id),
    ]);
  });

/** @throws StoreError */
export const chunksOf = (id: string): Promise<StudyChunk[]> =>
  database.transact(['chunks'], 'readonly', (transaction) =>
    transaction.objectStore('chunks').index('study').getAll(id),
  );

/**
 * Keeps the pictures of a study.
 * @throws StoreError where there is no room for them
 */
export const putPictures = (id: string, sources: readonly ImageSource[]): Promise<unknown> =>
  database.transact(
    ['pictures'],
    'readwrite',
    (transaction) => transaction.objectStore('pictures').put(sources, id),
    picturePatience,
  );

/** @throws StoreError */
export const getPictures = (id: string): Promise<readonly ImageSource[] | undefined> =>
  database.transact(['pictures'], 'readonly', (transaction) => transaction.objectStore('pictures').get(id));

/** @throws StoreError */
export const dropPictures = (id: string): Promise<unknown> =>
  database.transact(['pictures'], 'readwrite', (transaction) =>
    transaction.objectStore('pictures').delete(id),
  );

/** Forgets a study with its results and pictures. @throws StoreError */
export const dropStudy = (id: string): Promise<unknown> =>
  database.transact(['studies', 'states', 'pictures', 'chunks'], 'readwrite', async (transaction) => {
    const chunks = transaction.objectStore('chunks');
    const keys = await chunks.index('study').getAllKeys(id);
    await Promise.all([
      transaction.objectStore('studies').delete(id),
      transaction.objectStore('states').delete(id),
      transaction.objectStore('pictures').delete(id),
      ...keys.map((key) => chunks.delete(key)),
    ]);
  });
