import 'fake-indexeddb/auto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StudyBatchRequest } from '../../engine/study/study-methods';
import type { ImageSource } from '../../picture/sets/image-set';
import type { StudySettings } from '../study-data';
import { engineHere, plan, poolHere, settings } from '../study-engine-testing';
import type { StudyProgress } from './runner';

/** What the engine waits for, or fails with. */
const held = vi.hoisted(() => ({
  plan: null as Promise<void> | null,
  /** Numbers of the pictures whose maps are not measured yet. */
  slow: new Map<number, Promise<void>>(),
  failure: null as Error | null,
}));

vi.mock('../../engine/engine-client', () => ({
  engine: {
    async call(method: string, request: StudyBatchRequest, { signal }: { signal: AbortSignal }) {
      if (method === 'studyBatch') return engineHere(request);
      const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
      await Promise.race([held.plan, aborted]);
      signal.throwIfAborted();
      if (held.failure) throw held.failure;
      return plan;
    },
  },
}));

vi.mock('../../engine/study/pool', () => ({
  createStudyPool() {
    const { call, size } = poolHere({ most: 0 });
    return {
      size,
      end() {},
      async call(method: string, request: never) {
        const answer = await (call as (...given: unknown[]) => Promise<unknown>)(method, request);
        // The second value of a map is its picture's number and three: see `testing-engine`.
        const maps = (request as { maps?: { values: Float32Array }[] }).maps;
        if (maps) await held.slow.get(maps[0].values[1] - 3);
        return answer;
      },
    };
  },
}));

vi.setConfig({ testTimeout: 120_000 });
/** What is waited for comes, however busy the machine is. */
const patience = { timeout: 60_000 };

const noRoom = [
  'This browser gives the page no more room to keep things in. The study goes on; save it as a file when it is done.',
];

/** The browser's locks, which all tabs share; without them tabs ask each other and wait a while for answers. */
function locksHere() {
  const taken = new Set<string>();
  return {
    query: async () => ({ held: [...taken].map((name) => ({ name })) }),
    async request(name: string, _options: LockOptions, work: (lock: object | null) => Promise<unknown>) {
      if (taken.has(name)) return work(null);
      taken.add(name);
      return work({ name }).finally(() => taken.delete(name));
    },
  };
}

beforeAll(() => {
  vi.stubGlobal('navigator', { locks: locksHere(), hardwareConcurrency: 2 });
});
afterAll(() => {
  vi.unstubAllGlobals();
});

/** A page with its own runner: another tab, or the same one after a reload. */
async function tab() {
  vi.resetModules();
  return import('./runner');
}

const pictures = (count: number): ImageSource[] => [
  {
    kind: 'files',
    files: Array.from({ length: count }, (_, i) => ({
      path: `a/${String(i).padStart(3, '0')}.png`,
      blob: new Blob([String(i)]),
    })),
  },
];

const request = (count: number, change: Partial<StudySettings> = {}) => ({
  ...{ name: 'numbers', settings: { ...settings, ...change }, backend: 'wasm' as const },
  network: { kind: 'address' as const, address: 'n' },
  images: pictures(count),
  classes: { a: 0 },
});

function watched() {
  const progress: StudyProgress[] = [];
  return { progress, callbacks: { onProgress: (each: StudyProgress) => void progress.push(each) } };
}

function gate() {
  let open = () => {};
  const closed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { closed, open };
}

beforeEach(() => {
  held.plan = null;
  held.failure = null;
  held.slow.clear();
});

describe('a study in the browser', () => {
  it('is kept with its settings and pictures before the network is loaded', async () => {
    const loading = gate();
    held.plan = loading.closed;
    const { createStudyRun, listStudies } = await tab();
    const run = createStudyRun(request(5, { levels: 32 }), watched().callbacks);
    const own = async () => (await listStudies()).find(({ id }) => id === run.id);
    await expect.poll(own, patience).toMatchObject({
      ...{ name: 'numbers', measured: 0, of: 5, status: 'running', picturesKept: true },
      settings: { levels: 32 },
    });
    // The page is reloaded now; another one goes on.
    run.cancel();
    await expect(run.done).rejects.toThrow(/abort/i);
  });

  it('goes on after a reload that came before the network was there', async () => {
    const { putStudy, putPictures, getStudy } = await import('../kept-studies');
    const { createStudyRun } = await tab();
    const loading = gate();
    held.plan = loading.closed;
    const run = createStudyRun(request(5), watched().callbacks);
    const { record, state } = await vi.waitFor(() => getStudy(run.id), patience);
    run.cancel();
    await expect(run.done).rejects.toThrow();
    // What a reload leaves: the record as it was, and nobody who takes it away.
    const id = 'reloaded';
    await putStudy({ ...record, id }, { ...state, id });
    await putPictures(id, pictures(5));
    held.plan = null;
    const { resumeStudy, openStudy } = await tab();
    await expect(openStudy(id)).rejects.toThrow('"numbers" has no results yet');
    expect((await resumeStudy(id, watched().callbacks).done).images).toHaveLength(5);
    expect((await openStudy(id)).images).toHaveLength(5);
  });

  it('says that it is not kept while its duplicates are looked for', async () => {
    const looking = gate();
    const { createStudyRun, listStudies } = await tab();
    const asked = {
      ...request(3, { withoutDuplicates: true }),
      duplicates: () => looking.closed.then(() => []),
    };
    const run = createStudyRun(asked, watched().callbacks);
    await expect.poll(() => run.unkept(), patience).toBe('The study is on its way to the disk.');
    expect((await listStudies()).some(({ id }) => id === run.id)).toBe(false);
    looking.open();
    await run.done;
    expect(run.unkept()).toBeNull();
  });

  it('leaves none behind where its network cannot be used', async () => {
    held.failure = new Error('The network is gone.');
    const { createStudyRun, listStudies } = await tab();
    const run = createStudyRun(request(5), watched().callbacks);
    await expect(run.done).rejects.toThrow('The network is gone.');
    await expect
      .poll(async () => (await listStudies()).some(({ id }) => id === run.id), patience)
      .toBe(false);
  });

  it('keeps every picture that is computed, also those of a batch that is not over', async () => {
    const slow = gate();
    // One of the first batch of four, two of the next, and all after them.
    for (const number of [1, 4, 7, ...Array.from({ length: 14 }, (_, i) => 8 + i)]) {
      held.slow.set(number, slow.closed);
    }
    const { createStudyRun } = await tab();
    const { progress, callbacks } = watched();
    const run = createStudyRun(request(22), callbacks);
    const computed = () => progress.at(-1)?.measured ?? 0;
    await expect.poll(computed, patience).toBe(5);
    run.pause();
    await expect.poll(() => run.unkept(), patience).toBeNull();
    const { listStudies, openStudy, resumeStudy } = await tab();
    const [kept] = (await listStudies()).filter(({ id }) => id === run.id);
    expect(kept.measured).toBe(5);
    expect((await openStudy(run.id)).images).toHaveLength(5);
    // The tab that had it is gone; another one goes on, and has no picture twice.
    run.cancel();
    slow.open();
    await expect(run.done).rejects.toThrow(/abort/i);
    const whole = await resumeStudy(run.id, watched().callbacks).done;
    expect(whole.images.map(({ path }) => path)).toEqual(
      Array.from({ length: 22 }, (_, i) => `a/${String(i).padStart(3, '0')}.png`),
    );
    expect(await openStudy(run.id)).toEqual(whole);
  });

  it('leaves duplicates out where it is asked to, and says so in its file', async () => {
    const { createStudyRun, resumeStudy } = await tab();
    const leftOut = [{ path: 'a/002.png', sameAs: 'a/001.png' }];
    const asked = { ...request(6, { withoutDuplicates: true }), duplicates: async () => leftOut };
    const slow = gate();
    held.slow.set(1, slow.closed);
    const run = createStudyRun(asked, watched().callbacks);
    await expect.poll(() => run.current()?.images.length, patience).toBeGreaterThan(2);
    run.cancel();
    slow.open();
    await expect(run.done).rejects.toThrow(/abort/i);
    const study = await resumeStudy(run.id, watched().callbacks).done;
    expect(study.images.map(({ path }) => path)).toEqual(
      [0, 1, 3, 4, 5].map((number) => `a/00${number}.png`),
    );
    expect(study).toMatchObject({ of: 6, leftOut, settings: { withoutDuplicates: true } });
    const { parseStudy, serialiseStudy } = await import('../file/study-file');
    expect((await parseStudy(await serialiseStudy(study))).leftOut).toEqual(leftOut);
    const { studiedInWords } = await import('../study-words');
    expect(studiedInWords(study, 'predicted')).toBe(
      'Grad-CAM for the predicted class of 5 of 6 images, 1 exact duplicate left out, by n.',
    );
  });

  it('says what is not kept while the disk has no room, and keeps it when it has', async () => {
    const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    const { createStudyRun } = await tab();
    const notes: string[] = [];
    const slow = gate();
    held.slow.set(4, slow.closed);
    const run = createStudyRun(request(5), { ...watched().callbacks, onNote: (note) => notes.push(note) });
    await expect.poll(() => run.unkept(), patience).toBe('The results of 4 images are not kept yet.');
    expect(notes).toEqual(noRoom);
    full.mockRestore();
    run.flush();
    await expect.poll(() => run.unkept(), patience).toBeNull();
    slow.open();
    expect((await run.done).images).toHaveLength(5);
    expect(run.unkept()).toBeNull();
  });

  it('holds its numbers until it is done where they find no room', async () => {
    const full = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    const { createStudyRun } = await tab();
    const notes: string[] = [];
    const run = createStudyRun(request(9), { ...watched().callbacks, onNote: (note) => notes.push(note) });
    expect((await run.done).images).toHaveLength(9);
    expect(notes).toEqual(noRoom);
    full.mockRestore();
  });

  it('asks for its pictures again where they find no room', async () => {
    const put = IDBObjectStore.prototype.put;
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      ...given
    ) {
      if (this.name === 'pictures') throw new DOMException('', 'QuotaExceededError');
      return put.apply(this, given);
    });
    const slow = gate();
    held.slow.set(1, slow.closed);
    const { createStudyRun, resumeStudy, listStudies } = await tab();
    const notes: string[] = [];
    const run = createStudyRun(request(6), { ...watched().callbacks, onNote: (note) => notes.push(note) });
    const own = async () => (await listStudies()).find(({ id }) => id === run.id);
    await expect.poll(async () => (await own())?.measured, patience).toBeGreaterThan(0);
    expect(notes).toEqual(noRoom);
    run.cancel();
    slow.open();
    await expect(run.done).rejects.toThrow(/abort/i);
    expect(await own()).toMatchObject({ status: 'interrupted', picturesKept: false });
    const again = (images?: ImageSource[]) => resumeStudy(run.id, watched().callbacks, images).done;
    await expect(again()).rejects.toThrow('Drop the pictures of "numbers" again: they are not kept here.');
    await expect(again(pictures(4))).rejects.toThrow(/^2 of 6 pictures of "numbers" are not among these/);
    expect((await again(pictures(6))).images).toHaveLength(6);
    full.mockRestore();
  });

  it('is paused, with what is in the network still measured, and gone on with; stopped, and gone on with', async () => {
    const slow = gate();
    // As above: five are measured, and no more come before these.
    for (const number of [1, 4, 7, ...Array.from({ length: 14 }, (_, i) => 8 + i)]) {
      held.slow.set(number, slow.closed);
    }
    const { createStudyRun, resumeStudy, listStudies } = await tab();
    const { progress, callbacks } = watched();
    const run = createStudyRun(request(120), callbacks);
    const computed = () => progress.at(-1)?.measured ?? 0;
    await expect.poll(computed, patience).toBe(5);
    run.pause();
    expect(progress.at(-1)?.state).toBe('paused');
    slow.open();
    await expect.poll(computed, patience).toBeGreaterThan(5);
    let before = -1;
    const rests = () => {
      const same = computed() === before;
      before = computed();
      return same;
    };
    await expect.poll(rests, { ...patience, interval: 300 }).toBe(true);
    expect(before).toBeLessThan(119);
    const later = gate();
    held.slow.set(119, later.closed);
    run.resume();
    await expect.poll(computed, patience).toBeGreaterThan(before);
    run.cancel();
    later.open();
    await expect(run.done).rejects.toThrow(/abort/i);
    expect(progress.at(-1)?.state).toBe('stopped');
    expect((await listStudies()).find(({ id }) => id === run.id)?.status).toBe('interrupted');
    expect((await resumeStudy(run.id, watched().callbacks).done).images).toHaveLength(120);
  });

  it('runs in one tab at a time, and is not removed meanwhile', async () => {
    const slow = gate();
    held.slow.set(1, slow.closed);
    const first = await tab();
    const run = first.createStudyRun(request(4), watched().callbacks);
    await expect
      .poll(async () => (await first.listStudies()).find(({ id }) => id === run.id)?.measured, patience)
      .toBe(3);
    const second = await tab();
    expect((await second.listStudies()).find(({ id }) => id === run.id)?.status).toBe('running');
    await expect(second.removeStudy(run.id)).rejects.toThrow('It is running, here or in another tab.');
    await expect(first.removeStudy(run.id)).rejects.toThrow('It is running, here or in another tab.');
    await expect(second.resumeStudy(run.id, watched().callbacks).done).rejects.toThrow(
      'This study is running in another tab.',
    );
    slow.open();
    expect((await run.done).images).toHaveLength(4);
    expect((await second.listStudies()).find(({ id }) => id === run.id)?.status).toBe('done');
    await second.removeStudy(run.id);
    expect((await first.listStudies()).some(({ id }) => id === run.id)).toBe(false);
  });
});
