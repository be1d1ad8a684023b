import type { ImageSource } from '../engine/image-set/image-set';
import type { NetworkRequest } from '../engine/protocol';
import type { StudyChunk, StudyHead } from './chunks';
import type { StudySettings } from './study-data';

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
  head: StudyHead;
  /** The pictures that it takes, by which they are known again. */
  chosen: { path: string; bytes: number }[];
  /** Files of the set that are no pictures. */
  refused: { path: string; reason: string }[];
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
  /** The backend that it runs on. */
  backend: StudyHead['backend'];
}

/** The browser does not let the page keep anything, or no more; a sentence. */
export class StoreError extends Error {
  override name = 'StoreError';
}

const databaseName = 'supersign-studies';

let database: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  database ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('studies', { keyPath: 'id' });
      request.result.createObjectStore('states', { keyPath: 'id' });
      request.result.createObjectStore('pictures');
      request.result.createObjectStore('chunks', { autoIncrement: true }).createIndex('study', 'study');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  database.catch(() => {
    database = null;
  });
  return database;
}

type StoreName = 'studies' | 'states' | 'pictures' | 'chunks';

/** Does what is asked in one transaction, which happens as a whole or not at all. */
async function inTransaction<T>(
  stores: StoreName[],
  mode: IDBTransactionMode,
  work: (store: (name: StoreName) => IDBObjectStore) => IDBRequest<T> | undefined,
): Promise<T> {
  try {
    const transaction = (await open()).transaction(stores, mode);
    const result = work((name) => transaction.objectStore(name));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
    return result?.result as T;
  } catch (error) {
    throw new StoreError(inWords(error));
  }
}

function inWords(error: unknown): string {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  return name === 'QuotaExceededError'
    ? 'This browser gives the page no more room to keep things in.'
    : `This browser does not keep it (${message || name}).`;
}

export const putStudy = (record: StudyRecord, state: StudyState): Promise<unknown> =>
  inTransaction(['studies', 'states'], 'readwrite', (store) => {
    store('states').put(state);
    return store('studies').put(record);
  });

export const putState = (state: StudyState): Promise<unknown> =>
  inTransaction(['states'], 'readwrite', (store) => store('states').put(state));

/** @throws StoreError where there is no such study */
export async function getStudy(id: string): Promise<{ record: StudyRecord; state: StudyState }> {
  const record: StudyRecord | undefined = await inTransaction(['studies'], 'readonly', (store) =>
    store('studies').get(id),
  );
  const state: StudyState | undefined = await inTransaction(['states'], 'readonly', (store) =>
    store('states').get(id),
  );
  if (!record || !state) throw new StoreError('This browser does not keep that study any more.');
  return { record, state };
}

/** From the newest. */
export async function allStudies(): Promise<{ record: StudyRecord; state: StudyState }[]> {
  const records = await inTransaction<StudyRecord[]>(['studies'], 'readonly', (store) =>
    store('studies').getAll(),
  );
  const states = await inTransaction<StudyState[]>(['states'], 'readonly', (store) =>
    store('states').getAll(),
  );
  const byId = new Map(states.map((state) => [state.id, state] as const));
  return records
    .sort((a, b) => b.created - a.created)
    .flatMap((record) => {
      const state = byId.get(record.id);
      return state ? [{ record, state }] : [];
    });
}

/** Keeps results together with the state that counts them. */
export const addChunk = (state: StudyState, chunk: StudyChunk): Promise<unknown> =>
  inTransaction(['states', 'chunks'], 'readwrite', (store) => {
    store('chunks').add({ study: state.id, ...chunk });
    return store('states').put(state);
  });

export const chunksOf = (id: string): Promise<StudyChunk[]> =>
  inTransaction(['chunks'], 'readonly', (store) => store('chunks').index('study').getAll(id));

/**
 * Keeps the pictures of a study.
 * @throws StoreError where there is no room for them
 */
export const putPictures = (id: string, sources: readonly ImageSource[]): Promise<unknown> =>
  inTransaction(['pictures'], 'readwrite', (store) => store('pictures').put(sources, id));

export const getPictures = (id: string): Promise<ImageSource[] | undefined> =>
  inTransaction(['pictures'], 'readonly', (store) => store('pictures').get(id));

export const dropPictures = (id: string): Promise<unknown> =>
  inTransaction(['pictures'], 'readwrite', (store) => store('pictures').delete(id));

/** Forgets a study with its results and pictures. */
export const dropStudy = (id: string): Promise<unknown> =>
  inTransaction(['studies', 'states', 'pictures', 'chunks'], 'readwrite', (store) => {
    store('studies').delete(id);
    store('states').delete(id);
    store('pictures').delete(id);
    const cursor = store('chunks').index('study').openKeyCursor(IDBKeyRange.only(id));
    cursor.onsuccess = () => {
      const at = cursor.result;
      if (!at) return;
      store('chunks').delete(at.primaryKey);
      at.continue();
    };
    return undefined;
  });
