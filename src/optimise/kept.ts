import type { DBSchema } from 'idb';
import { createDatabase } from '../storage/database';

/** A small store of whole values in the browser's database, for what must survive a reload. */
interface KeptValues extends DBSchema {
  kept: { key: string; value: unknown };
}

const database = createDatabase<KeptValues>('supersign-optimise', 1, (created) => {
  created.createObjectStore('kept');
});

/** The value under a name; undefined where there is none. @throws StoreError */
export const kept = <Value>(name: string): Promise<Value | undefined> =>
  database.transact(['kept'], 'readonly', (transaction) =>
    transaction.objectStore('kept').get(name),
  ) as Promise<Value | undefined>;

/** Keeps a value, which may hold typed arrays and files. @throws StoreError where there is no room for it */
export const keep = (name: string, value: unknown): Promise<unknown> =>
  database.transact(['kept'], 'readwrite', (transaction) => transaction.objectStore('kept').put(value, name));

/** @throws StoreError */
export const forget = (name: string): Promise<unknown> =>
  database.transact(['kept'], 'readwrite', (transaction) => transaction.objectStore('kept').delete(name));
