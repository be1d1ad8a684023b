import type { DBSchema } from 'idb';
import { createDatabase } from '../../../storage/database';

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

/** Keeps several values, all or none. @throws StoreError */
export const keepAll = (values: readonly (readonly [name: string, value: unknown])[]): Promise<unknown> =>
  database.transact(['kept'], 'readwrite', (transaction) =>
    Promise.all(values.map(([name, value]) => transaction.objectStore('kept').put(value, name))),
  );

/** Forgets several values, all or none. @throws StoreError */
export const forgetAll = (names: readonly string[]): Promise<unknown> =>
  database.transact(['kept'], 'readwrite', (transaction) =>
    Promise.all(names.map((name) => transaction.objectStore('kept').delete(name))),
  );

/** The values whose names begin so. @throws StoreError */
export const keptUnder = <Value>(beginning: string): Promise<Value[]> =>
  database.transact(['kept'], 'readonly', (transaction) =>
    transaction.objectStore('kept').getAll(IDBKeyRange.bound(beginning, `${beginning}\uffff`)),
  ) as Promise<Value[]>;
