import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { HelperWorker } from '../../helper-workers';
import type { Hdf5Request } from './contents';
import type { Hdf5Reply } from './worker';

/** Workers that were started, in order; each answers by `reply`. */
let started: StandIn[] = [];
let reply: () => Hdf5Reply;

class StandIn implements HelperWorker {
  onmessage: HelperWorker['onmessage'] = null;
  onerror: HelperWorker['onerror'] = null;
  ended = false;

  constructor() {
    started.push(this);
  }

  postMessage() {
    queueMicrotask(() => this.onmessage?.call(this as unknown as Worker, { data: reply() } as MessageEvent));
  }

  terminate() {
    this.ended = true;
  }
}

vi.mock('../../helper-workers', () => ({ startHelper: () => new StandIn() }));

const contents: Hdf5Reply = {
  contents: { attributes: {}, datasets: [], others: [], values: new Float32Array(0) },
};
const request = (length = 100): Hdf5Request => ({
  ...{ bytes: new ArrayBuffer(8), offset: 0, length, attributes: [], skip: [] },
});
const signal = new AbortController().signal;
let extract: typeof import('./in-worker').extractInWorker;

beforeEach(async () => {
  started = [];
  reply = () => contents;
  vi.resetModules();
  extract = (await import('./in-worker')).extractInWorker;
});

describe('the worker that reads HDF5', () => {
  it('is one for all files, however many are opened', async () => {
    for (let file = 0; file < 20; file++) await extract(request(), signal);
    expect(started).toHaveLength(1);
    expect(started[0].ended).toBe(false);
  });

  it('is another one for a file that comes while it reads', async () => {
    await Promise.all([extract(request(), signal), extract(request(), signal)]);
    expect(started.map(({ ended }) => ended)).toEqual([false, true]);
  });

  it('is ended after a large file, so that its memory is given back', async () => {
    await extract(request(100e6), signal);
    expect(started[0].ended).toBe(true);
  });

  it('is ended after a file that failed, and the next file has a sound one', async () => {
    reply = () => ({ problem: null });
    await expect(extract(request(), signal)).rejects.toThrow();
    expect(started[0].ended).toBe(true);
    reply = () => contents;
    await extract(request(), signal);
    expect(started).toHaveLength(2);
  });

  it('is ended where nobody waits for it any more', async () => {
    const given = new AbortController();
    const read = extract(request(), given.signal);
    given.abort();
    await expect(read).rejects.toThrow();
    expect(started[0].ended).toBe(true);
  });
});
