import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FromWorker, ToWorker } from './serve';
import { STAGE_PATIENCE } from './stage-watch';
import { createWorkerClient, SECOND_START } from './worker-client';

interface Methods {
  name: { request: null; result: string; progress: never };
}

/** A worker of which a test says what it does. */
class FakeWorker {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  ended = false;
  readonly told: ToWorker[] = [];
  postMessage(message: ToWorker) {
    this.told.push(message);
  }
  terminate() {
    this.ended = true;
  }
  says(message: FromWorker) {
    if (!this.ended) this.onmessage?.({ data: message });
  }
  /** Answers what it was asked, once. */
  answers(result: string) {
    for (const message of this.told) {
      if (message.type === 'request') this.says({ type: 'result', id: message.id, result });
    }
  }
}

let workers: FakeWorker[] = [];
let helpers: FakeWorker[] = [];
const added = (list: FakeWorker[]) => {
  const worker = new FakeWorker();
  list.push(worker);
  return worker as unknown as Worker;
};
const client = () =>
  createWorkerClient<Methods>(
    () => added(workers),
    () => added(helpers),
  );
const alive: FromWorker = { type: 'alive', locked: false };
const stage = { way: 'WebAssembly on shared memory', why: 'It stopped.' };

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', {});
  workers = [];
  helpers = [];
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a worker that says nothing at its start', () => {
  it('gets a second one beside it, which answers', async () => {
    const call = client().call('name', null);
    await vi.advanceTimersByTimeAsync(SECOND_START);
    expect(workers).toHaveLength(2);
    workers[1].says(alive);
    expect(workers[0].ended).toBe(true);
    workers[1].answers('second');
    await expect(call).resolves.toBe('second');
  });

  it('is taken all the same where it was only slow, and the second one is ended', async () => {
    const call = client().call('name', null);
    await vi.advanceTimersByTimeAsync(SECOND_START);
    workers[0].says(alive);
    expect(workers[1].ended).toBe(true);
    workers[0].answers('first');
    await expect(call).resolves.toBe('first');
    await vi.advanceTimersByTimeAsync(200_000);
    expect(workers).toHaveLength(2);
  });

  it('leaves nothing behind where it is ended before', async () => {
    const ended = client();
    const call = expect(ended.call('name', null)).rejects.toThrow('ended');
    ended.end();
    await call;
    await vi.advanceTimersByTimeAsync(200_000);
    expect(workers).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a worker that ends during its start', () => {
  it('is started again, and its helpers are ended with it', async () => {
    const call = client().call('name', null);
    workers[0].says({ type: 'start-helper', helper: 1, kind: 'thread', port: null });
    workers[0].onerror?.({ message: 'it broke' });
    expect(helpers[0].ended).toBe(true);
    workers[1].says(alive);
    workers[1].answers('second');
    await expect(call).resolves.toBe('second');
  });

  it('twice is an error', async () => {
    const call = expect(client().call('name', null)).rejects.toThrow('stopped twice');
    workers[0].onerror?.({ message: 'it broke' });
    workers[1].onerror?.({ message: 'it broke' });
    await call;
  });
});

describe('a worker that sticks in a stage', () => {
  const stick = async (worker: FakeWorker, way = stage) => {
    worker.says(alive);
    worker.says({ type: 'stage', stage: way });
    await vi.advanceTimersByTimeAsync(STAGE_PATIENCE);
  };

  it('is replaced within 5 s by one that is told what to leave out', async () => {
    expect(STAGE_PATIENCE).toBeLessThan(5000);
    const call = client().call('name', null);
    await stick(workers[0]);
    expect(workers[0].ended).toBe(true);
    expect(workers[1].told[0]).toMatchObject({ type: 'hello', leftOut: [stage] });
    workers[1].says(alive);
    workers[1].answers('second');
    await expect(call).resolves.toBe('second');
  });

  it('may stick once on every way; on the same way again, it has died', async () => {
    const call = expect(client().call('name', null)).rejects.toThrow('It stopped.');
    await stick(workers[0]);
    await stick(workers[1], { way: 'WebAssembly on one thread', why: 'So did this.' });
    expect(workers[2].told[0]).toMatchObject({ leftOut: [{ why: 'It stopped.' }, { why: 'So did this.' }] });
    await stick(workers[2]);
    await stick(workers[3]);
    await call;
  });

  it('is let alone while it goes on, and when the stage is over', async () => {
    void client()
      .call('name', null)
      .catch(() => {});
    workers[0].says(alive);
    for (let i = 0; i < 10; i++) {
      workers[0].says({ type: 'stage', stage });
      await vi.advanceTimersByTimeAsync(STAGE_PATIENCE - 500);
    }
    workers[0].says({ type: 'stage', stage: null });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(workers).toHaveLength(1);
  });
});

describe('a worker that says it cannot go on', () => {
  it('is replaced at once, and the next one leaves that way out and does what was under way', async () => {
    const call = client().call('name', null);
    workers[0].says(alive);
    workers[0].says({ type: 'stuck', stage });
    expect(workers[0].ended).toBe(true);
    expect(workers[1].told[0]).toMatchObject({ type: 'hello', leftOut: [stage] });
    workers[1].says(alive);
    workers[1].answers('second');
    await expect(call).resolves.toBe('second');
  });

  it('is not heard any more', async () => {
    const call = client().call('name', null);
    workers[0].says(alive);
    const { onmessage } = workers[0];
    workers[0].says({ type: 'stuck', stage });
    onmessage?.({ data: { type: 'error', id: 1, name: 'Error', message: 'A thread did not end its work.' } });
    workers[1].says(alive);
    workers[1].answers('second');
    await expect(call).resolves.toBe('second');
  });
});
