/**
 * A database as browsers have them, as far as `createDatabase` asks for one: what is kept is cloned, a transaction happens as a
 * whole when nothing of it is waiting any more, and every answer takes its turn. For tests of what is done where it fails.
 */

type Rows = Map<IDBValidKey, unknown>;

class FakeRequest extends EventTarget {
  result: unknown;
  error: DOMException | null = null;
  transaction: FakeTransaction | null = null;

  succeed(result: unknown): void {
    this.result = result;
    this.dispatchEvent(new Event('success'));
  }

  fail(error: DOMException): void {
    this.error = error;
    this.dispatchEvent(new Event('error'));
  }
}

class FakeStore {
  constructor(
    private readonly transaction: FakeTransaction,
    private readonly rows: Rows,
  ) {}

  put = (value: unknown, key: IDBValidKey) =>
    this.transaction.ask(() => {
      this.rows.set(key, structuredClone(value));
      return key;
    });
  get = (key: IDBValidKey) => this.transaction.ask(() => structuredClone(this.rows.get(key)));
  delete = (key: IDBValidKey) => this.transaction.ask(() => void this.rows.delete(key));
  getAllKeys = () => this.transaction.ask(() => [...this.rows.keys()]);
  getAll = () => this.transaction.ask(() => structuredClone([...this.rows.values()]));
}

class FakeTransaction extends EventTarget {
  error: DOMException | null = null;
  private waiting = 0;
  private ended = false;
  private readonly before: Map<string, Rows>;

  constructor(
    private readonly database: FakeDatabase,
    stores: string[],
  ) {
    super();
    this.before = new Map(stores.map((name) => [name, new Map(database.stores.get(name))]));
    setTimeout(() => this.endIfIdle());
  }

  objectStore = (name: string) => new FakeStore(this, this.database.stores.get(name) as Rows);

  ask(work: () => unknown): FakeRequest {
    const request = new FakeRequest();
    const { failure, silent } = this.database.factory;
    this.waiting += 1;
    if (silent) return request;
    setTimeout(() => {
      this.waiting -= 1;
      if (failure) {
        this.error = failure;
        request.fail(failure);
        this.abort();
      } else {
        request.succeed(work());
        setTimeout(() => this.endIfIdle());
      }
    });
    return request;
  }

  abort(): void {
    if (this.ended) throw new DOMException('It has ended.', 'InvalidStateError');
    this.ended = true;
    for (const [name, rows] of this.before) this.database.stores.set(name, rows);
    this.dispatchEvent(new Event('abort'));
  }

  private endIfIdle(): void {
    if (this.ended || this.waiting > 0) return;
    this.ended = true;
    this.dispatchEvent(new Event('complete'));
  }
}

class FakeDatabase extends EventTarget {
  open = true;

  constructor(
    readonly factory: FakeFactory,
    readonly stores: Map<string, Rows>,
  ) {
    super();
  }

  createObjectStore = (name: string) => void this.stores.set(name, new Map());
  close = () => {
    this.open = false;
  };

  transaction = (stores: string[]) => {
    if (!this.open) throw new DOMException('The connection is closed.', 'InvalidStateError');
    return new FakeTransaction(this, stores);
  };
}

/** Stands for `indexedDB`. Its fields say what goes wrong. */
export class FakeFactory {
  /** What the next opening fails with. */
  refusal: DOMException | null = null;
  /** What every request fails with. */
  failure: DOMException | null = null;
  /** Gives no answer at all, to openings and to requests. */
  silent = false;
  /** Another tab holds an older version open. */
  blocked = false;
  opened = 0;
  readonly connections: FakeDatabase[] = [];
  private readonly kept = new Map<string, { version: number; stores: Map<string, Rows> }>();
  private waiting: (() => void)[] = [];

  open = (name: string, version: number): FakeRequest => {
    const request = new FakeRequest();
    this.opened += 1;
    const answer = () => {
      if (this.refusal) {
        request.fail(this.refusal);
        this.refusal = null;
        return;
      }
      const kept = this.kept.get(name) ?? { version: 0, stores: new Map() };
      if (kept.version > version) {
        request.fail(new DOMException('The version is higher.', 'VersionError'));
        return;
      }
      const database = new FakeDatabase(this, kept.stores);
      request.result = database;
      if (kept.version < version) {
        const change = new Event('upgradeneeded') as Event & { oldVersion: number };
        change.oldVersion = kept.version;
        request.dispatchEvent(change);
        this.kept.set(name, { version, stores: kept.stores });
      }
      this.connections.push(database);
      request.succeed(database);
    };
    setTimeout(() => {
      if (this.blocked) request.dispatchEvent(new Event('blocked'));
      if (this.blocked || this.silent) this.waiting.push(answer);
      else answer();
    });
    return request;
  };

  /** Answers again, also what was asked before. */
  recover(): void {
    this.silent = false;
    this.blocked = false;
    for (const answer of this.waiting.splice(0)) answer();
  }
}

/** What `idb` knows the parts of a database by. */
export const fakeClasses = {
  IDBRequest: FakeRequest,
  IDBObjectStore: FakeStore,
  IDBTransaction: FakeTransaction,
  IDBDatabase: FakeDatabase,
  IDBIndex: class {},
  IDBCursor: class {
    advance() {}
    continue() {}
    continuePrimaryKey() {}
  },
};
