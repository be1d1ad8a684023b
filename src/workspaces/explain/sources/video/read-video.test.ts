// @vitest-environment jsdom
import { beforeEach, expect, it, vi } from 'vitest';
import { evenly, framesOf, whyNot } from './read-video';

vi.mock('../camera/frame-file', () => ({
  frameAsFile: async (bitmap: { at: number }) => bitmap.at,
}));

/** What the browser's player makes of a file. */
const player = { duration: 4, width: 64, error: null as { code: number } | null, end: 4 };
const released = vi.fn();

beforeEach(() => {
  Object.assign(player, { duration: 4, width: 64, error: null, end: 4 });
  released.mockReset();
  vi.stubGlobal('URL', { createObjectURL: () => 'blob:it', revokeObjectURL: released });
  vi.stubGlobal('createImageBitmap', async (video: HTMLVideoElement) => ({
    at: video.currentTime,
    close: () => {},
  }));
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
  Object.defineProperties(HTMLVideoElement.prototype, {
    src: of(
      () => '',
      (video) => soon(video, player.error ? 'error' : 'loadeddata'),
    ),
    error: of(() => player.error),
    duration: of(() => player.duration),
    videoWidth: of(() => player.width),
    videoHeight: of(() => player.width),
    currentTime: of(
      (video) => times.get(video) ?? 0,
      (video, value: number) => {
        times.set(video, Math.min(value, player.end));
        soon(video, 'seeked');
      },
    ),
  });
  HTMLMediaElement.prototype.load = () => {};
});

async function read(count: number, signal = new AbortController().signal): Promise<number[]> {
  const seconds: number[] = [];
  for await (const frame of framesOf(new Blob(), count, signal)) {
    expect(frame.file).toBe(frame.seconds);
    seconds.push(frame.seconds);
  }
  return seconds;
}

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

it('says what is no video, has no pictures or no length', async () => {
  player.error = { code: 4 };
  await expect(read(2)).rejects.toThrow(/^is no video that this browser plays/);
  player.error = null;
  player.width = 0;
  await expect(read(2)).rejects.toThrow(/^holds no pictures/);
  player.width = 64;
  player.duration = 0;
  await expect(read(2)).rejects.toThrow('has no length');
  expect(released).toHaveBeenCalledTimes(3);
  expect(whyNot({ code: 3 })).toMatch(/^is damaged/);
});

it('stops where it is no longer wanted', async () => {
  const leaving = new AbortController();
  leaving.abort(new Error('another one'));
  await expect(read(2, leaving.signal)).rejects.toThrow('another one');
});
