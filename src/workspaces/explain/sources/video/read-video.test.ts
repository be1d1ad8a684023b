// @vitest-environment page
import { beforeEach, expect, it, vi } from 'vitest';
import { evenly, framesOf, type ReadFrame, whyNot } from './read-video';

/** What the browser's player makes of a file. */
const player = {
  ...{ duration: 4, width: 64, height: 48, end: 4 },
  /** The error it begins with. */
  error: null as { code: number } | null,
  /** Where its decoder fails, from and to in seconds. */
  damaged: null as [number, number] | null,
  /** From where on it has nothing to show, and does not fail. */
  emptyFrom: Number.POSITIVE_INFINITY,
  /** From where on its picture stands still. */
  stillFrom: Number.POSITIVE_INFINITY,
  answers: true,
  /** By how many milliseconds a frame is shown after it was sought. */
  late: 0,
};
/** The time of the frame that a player shows, where it is late. */
const onScreen = new WeakMap<HTMLVideoElement, number>();
const asItIs = { ...player };
const released = vi.fn();
const sizes: { width: number; height: number }[] = [];

vi.mock('../camera/frame-file', () => ({
  frameAsFile: async (video: HTMLVideoElement, size: { width: number; height: number }) => {
    sizes.push(size);
    const shown = player.late > 0 ? (onScreen.get(video) ?? 0) : video.currentTime;
    const bytes = new TextEncoder().encode(String(Math.min(shown, player.stillFrom)));
    return { arrayBuffer: async () => bytes.buffer };
  },
}));

beforeEach(() => {
  Object.assign(player, asItIs);
  released.mockReset();
  sizes.length = 0;
  vi.stubGlobal('URL', { createObjectURL: () => 'blob:it', revokeObjectURL: released });
  const soon = (video: HTMLVideoElement, name: string) =>
    queueMicrotask(() => video.dispatchEvent(new Event(name)));
  const of = (
    get: (video: HTMLVideoElement) => unknown,
    set?: (video: HTMLVideoElement, value: never) => void,
  ) => ({
    configurable: true,
    get(this: HTMLVideoElement) {
      return get(this);
    },
    set(this: HTMLVideoElement, value: never) {
      set?.(this, value);
    },
  });
  const times = new WeakMap<HTMLVideoElement, number>();
  const called = new WeakMap<HTMLVideoElement, () => void>();
  const show = (video: HTMLVideoElement, time: number) => {
    onScreen.set(video, time);
    called.get(video)?.();
  };
  HTMLVideoElement.prototype.requestVideoFrameCallback = function (callback) {
    called.set(this, callback as () => void);
    return 1;
  };
  const failed = new WeakMap<HTMLVideoElement, { code: number }>();
  Object.defineProperties(HTMLVideoElement.prototype, {
    src: of(
      () => '',
      (video) => {
        if (player.error) failed.set(video, player.error);
        if (player.answers) soon(video, player.error ? 'error' : 'loadeddata');
      },
    ),
    error: of((video) => failed.get(video) ?? null),
    duration: of(() => player.duration),
    videoWidth: of(() => player.width),
    videoHeight: of(() => player.height),
    readyState: of((video) => ((times.get(video) ?? 0) >= player.emptyFrom ? 1 : 4)),
    currentTime: of(
      (video) => times.get(video) ?? 0,
      (video, value: number) => {
        times.set(video, Math.min(value, player.end));
        setTimeout(() => show(video, value), player.late);
        const [from, to] = player.damaged ?? [0, 0];
        if (value >= from && value < to) failed.set(video, { code: 3 });
        // A player that has failed answers nothing any more.
        if (value >= from && value < to) soon(video, 'error');
        else if (!failed.has(video)) soon(video, 'seeked');
      },
    ),
  });
  HTMLMediaElement.prototype.load = () => {};
});

async function framesRead(count: number, signal = new AbortController().signal): Promise<ReadFrame[]> {
  const frames: ReadFrame[] = [];
  for await (const frame of framesOf(new Blob(), count, signal)) frames.push(frame);
  return frames;
}
const read = async (count: number, signal?: AbortSignal) =>
  (await framesRead(count, signal)).map(({ seconds, file }) => (file ? seconds : null));

it('takes frames at the middles of equal parts, and lets the file go', async () => {
  expect(evenly(12, 3)).toEqual([2, 6, 10]);
  expect(await read(4)).toEqual([0.5, 1.5, 2.5, 3.5]);
  expect(released).toHaveBeenCalledOnce();
});

it('goes to the end of a recording that does not tell how long it is', async () => {
  player.duration = Number.POSITIVE_INFINITY;
  player.end = 8;
  expect(await read(2)).toEqual([2, 6]);
});

it('takes the one frame of a video that takes no time', async () => {
  player.duration = 0;
  expect(await read(12)).toEqual([0]);
});

it('tells which frames are the same as the one before', async () => {
  player.stillFrom = 1.5;
  expect((await framesRead(4)).map(({ isSame }) => isSame)).toEqual([false, false, true, true]);
});

it('waits for a frame that is shown late', async () => {
  player.late = 20;
  expect((await framesRead(4)).map(({ isSame }) => isSame)).toEqual([false, false, false, false]);
});

it('goes on behind what is damaged, with a player opened anew', async () => {
  player.damaged = [1, 3];
  expect(await read(4)).toEqual([0.5, null, null, 3.5]);
  player.damaged = [1, 5];
  expect(await read(4)).toEqual([0.5, null, null, null]);
});

it('takes nothing where a player stands behind the end and shows nothing', async () => {
  player.emptyFrom = 2;
  expect(await read(4)).toEqual([0.5, 1.5, null, null]);
});

it('draws frames as they are seen, the longer side of large ones at 2048 pixels', async () => {
  await read(1);
  Object.assign(player, { width: 4320, height: 7680 });
  await read(1);
  expect(new Set(sizes.map(({ width, height }) => `${width} × ${height}`))).toEqual(
    new Set(['64 × 48', '1152 × 2048']),
  );
});

it('says what is no video or has no pictures', async () => {
  player.error = { code: 4 };
  await expect(read(2)).rejects.toThrow(/^is no video that this browser plays/);
  player.error = null;
  player.width = 0;
  await expect(read(2)).rejects.toThrow(/^holds a sound without pictures/);
  expect(released).toHaveBeenCalledTimes(2);
  expect(whyNot({ code: 3 })).toMatch(/^is damaged/);
});

it('stops where it is no longer wanted, also while the player does not answer', async () => {
  const left = new AbortController();
  left.abort(new Error('another one'));
  await expect(read(2, left.signal)).rejects.toThrow('another one');
  player.answers = false;
  const leaving = new AbortController();
  const reading = read(2, leaving.signal);
  leaving.abort(new Error('cancelled'));
  await expect(reading).rejects.toThrow('cancelled');
  expect(released).toHaveBeenCalledTimes(2);
});

it('gives a player up that has not answered for a minute', async () => {
  vi.useFakeTimers();
  try {
    player.answers = false;
    const reading = expect(read(2)).rejects.toThrow('has not answered for 60 s');
    await vi.advanceTimersByTimeAsync(60_000);
    await reading;
  } finally {
    vi.useRealTimers();
  }
});
