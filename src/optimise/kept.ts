/** A small store of whole values in the browser's database, for what must survive a reload. */

const DATABASE = 'supersign-optimise';
const STORE = 'kept';

let opened: Promise<IDBDatabase> | null = null;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function transact<Result>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const transaction = (await database()).transaction(STORE, mode);
  const request = work(transaction.objectStore(STORE));
  return new Promise((resolve, reject) => {
    // Only a transaction that is complete is on the disk.
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? request.error);
    transaction.onerror = () => reject(transaction.error ?? request.error);
  });
}

/** The value under a name; undefined where there is none. */
export const kept = <Value>(name: string): Promise<Value | undefined> =>
  transact('readonly', (store) => store.get(name));

/** Keeps a value, which may hold typed arrays and files. @throws DOMException where the disk has no room for it */
export const keep = (name: string, value: unknown): Promise<unknown> =>
  transact('readwrite', (store) => store.put(value, name));

export const forget = (name: string): Promise<unknown> =>
  transact('readwrite', (store) => store.delete(name));
