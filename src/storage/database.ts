import {
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  type OpenDBCallbacks,
  openDB,
  type StoreNames,
} from 'idb';
import { answered, patience } from './answered';
import { StoreError, storeErrorOf } from './store-error';

/** Longest wait for a transaction in milliseconds; pictures by the gigabyte may be given more. */
const transactionPatience = 60_000;

/** A database of this page: objects that may hold typed arrays and files. */
export interface Database<Schema extends DBSchema> {
  /**
   * Does what is asked in one transaction, which happens as a whole or not at all; it is on the disk when this returns. `work` must wait
   * for the database only, and for each of its requests.
   * @throws StoreError where the browser has no database, has no room or does not answer; the next call tries again
   */
  transact<Names extends StoreNames<Schema>[], Mode extends IDBTransactionMode, Result>(
    stores: Names,
    mode: Mode,
    work: (transaction: IDBPTransaction<Schema, Names, Mode>) => Promise<Result>,
    milliseconds?: number,
  ): Promise<Result>;
}

interface Opening<Schema extends DBSchema> {
  /** When it was asked for. */
  since: number;
  /** Whether another tab holds an older version open. */
  blocked: boolean;
  database: Promise<IDBPDatabase<Schema>>;
}

/**
 * @param version of its layout, from 1; with a higher one `upgrade` is called, which must keep what is there
 * @param upgrade creates the stores of a database of this older version; 0 where it is new
 */
export function createDatabase<Schema extends DBSchema>(
  name: string,
  version: number,
  upgrade: NonNullable<OpenDBCallbacks<Schema>['upgrade']>,
): Database<Schema> {
  let opening: Opening<Schema> | null = null;

  const begin = (): Opening<Schema> => {
    const forget = () => {
      if (opening === own) opening = null;
    };
    const openHere = async () => {
      if (!globalThis.indexedDB) throw new StoreError('absent');
      return openDB<Schema>(name, version, {
        upgrade,
        blocked: () => {
          own.blocked = true;
        },
        // A tab with a newer page waits for this connection to end.
        blocking: (_old, _new, event) => {
          (event.target as IDBDatabase).close();
          forget();
        },
        terminated: forget,
      });
    };
    const own: Opening<Schema> = { since: performance.now(), blocked: false, database: openHere() };
    // A failure is not remembered.
    own.database.catch(forget);
    return own;
  };

  /** One that does not answer is waited for once, and used as soon as it does. */
  const open = (): Promise<IDBPDatabase<Schema>> => {
    opening ??= begin();
    const own = opening;
    const left = Math.max(0, own.since + patience - performance.now());
    return answered(own.database, left, () => new StoreError(own.blocked ? 'blocked' : 'silent'));
  };

  const transactionOn = async <Names extends StoreNames<Schema>[], Mode extends IDBTransactionMode>(
    stores: Names,
    mode: Mode,
  ) => {
    const database = await open();
    try {
      return database.transaction(stores, mode);
    } catch (error) {
      if ((error as Error).name !== 'InvalidStateError') throw error;
      // The connection ended since it was opened.
      opening = null;
      return (await open()).transaction(stores, mode);
    }
  };

  return {
    async transact(stores, mode, work, milliseconds = transactionPatience) {
      try {
        const transaction = await transactionOn(stores, mode);
        const done = Promise.all([work(transaction), transaction.done]);
        try {
          const [result] = await answered(done, milliseconds);
          return result;
        } catch (error) {
          transaction.done.catch(() => {});
          if (transaction.error) throw transaction.error;
          abort(transaction);
          throw error;
        }
      } catch (error) {
        throw storeErrorOf(error);
      }
    },
  };
}

/** Takes back what was done so far; one that has ended by itself cannot be. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {}
}
