import { say } from '../../../../text/say';
import { frameAsFile } from '../camera/frame-file';

/** What keeps a video from being read; the message is the second half of a sentence: "clip.avi …". */
export class VideoError extends Error {
  override name = 'VideoError';
}

export interface ReadFrame {
  /** Where it stands in the video, in seconds. */
  seconds: number;
  /** Null where the file is damaged or cut off there. */
  file: Blob | null;
  /** Whether it is the same as the one before it, to the last pixel. */
  isSame: boolean;
}

/** Longest wait in milliseconds for one answer of the browser's player. */
const patience = 60_000;

/** Longest time in milliseconds by which a frame is shown after the player says that it stands there. */
const lateness = 250;

/** Longest side in pixels of a frame that is taken: more is seen by no network, and costs a second a frame. */
const longestSide = 2048;

/** How a video becomes one that every browser reads. */
const convert = 'Convert it: ffmpeg -i video -c:v libx264 -pix_fmt yuv420p video.mp4';

/** The middles of `count` parts of equal length, in seconds. */
export const evenly = (duration: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => (duration * (i + 0.5)) / count);

/**
 * Takes frames from a video file at even distances, by the browser's own player, whatever it plays. Where the file is damaged, the
 * player is opened again, and what lies behind is taken.
 * @throws VideoError; the signal's reason when it aborts
 */
export async function* framesOf(file: Blob, count: number, signal: AbortSignal): AsyncGenerator<ReadFrame> {
  const address = URL.createObjectURL(file);
  let video = player();
  try {
    await load(video, address, signal);
    if (video.videoWidth === 0 || video.videoHeight === 0)
      throw new VideoError(
        say('holds a sound without pictures, or pictures that this browser cannot decode. {convert}', {
          convert,
        }),
      );
    const duration = await durationOf(video, signal);
    // A single frame may take no time at all.
    const times = duration > 0 ? evenly(duration, count) : [0];
    let before: Uint8Array | null = null;
    for (const seconds of times) {
      if (video.error) {
        letGo(video);
        video = player();
        await load(video, address, signal);
      }
      const shown = nextShown(video);
      let frame = await frameAt(video, seconds, signal);
      // A player may say that it is there before it shows the frame; before the first one stood whatever it had to look for.
      if (frame && (!before || areSame(frame.bytes, before))) {
        await shown();
        frame = await drawn(video);
      }
      const isSame = frame !== null && before !== null && areSame(frame.bytes, before);
      yield { seconds, file: frame?.file ?? null, isSame };
      before = frame?.bytes ?? before;
    }
  } finally {
    letGo(video);
    URL.revokeObjectURL(address);
  }
}

const player = () =>
  Object.assign(document.createElement('video'), { muted: true, playsInline: true, preload: 'auto' });

async function load(video: HTMLVideoElement, address: string, signal: AbortSignal): Promise<void> {
  const loaded = event(video, 'loadeddata', signal);
  video.src = address;
  await loaded;
}

function letGo(video: HTMLVideoElement): void {
  video.removeAttribute('src');
  video.load();
}

interface Drawn {
  file: Blob;
  bytes: Uint8Array;
}

/** The frame that is seen at a time; null where the player cannot decode it. */
async function frameAt(video: HTMLVideoElement, seconds: number, signal: AbortSignal): Promise<Drawn | null> {
  try {
    await seek(video, seconds, signal);
  } catch (error) {
    if (video.error && error instanceof VideoError) return null;
    throw error;
  }
  // Firefox arrives behind the end of a file that is cut off, and has nothing to show there.
  return video.readyState < video.HAVE_CURRENT_DATA ? null : drawn(video);
}

async function drawn(video: HTMLVideoElement): Promise<Drawn> {
  const { videoWidth, videoHeight } = video;
  const scale = Math.min(1, longestSide / Math.max(videoWidth, videoHeight));
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  // Drawn, not made a bitmap of: Firefox leaves a bitmap of a film from a phone lying on its side.
  const file = await frameAsFile(video, { width: side(videoWidth), height: side(videoHeight) });
  return { file, bytes: new Uint8Array(await file.arrayBuffer()) };
}

/**
 * Begins to look for the next frame that a player shows.
 * @returns resolves when it is shown, or after `lateness`, since a frame that is on screen already is not shown anew
 */
function nextShown(video: HTMLVideoElement): () => Promise<void> {
  const callback = new Promise<void>((resolve) => video.requestVideoFrameCallback?.(() => resolve()));
  return () => Promise.race([callback, new Promise<void>((resolve) => setTimeout(resolve, lateness))]);
}

const areSame = (one: Uint8Array, other: Uint8Array) =>
  one.length === other.length && one.every((byte, i) => byte === other[i]);

/** Recordings of browsers do not tell how long they are before they were gone through to the end. */
async function durationOf(video: HTMLVideoElement, signal: AbortSignal): Promise<number> {
  if (video.duration === Number.POSITIVE_INFINITY) await seek(video, 1e7, signal);
  return Number.isFinite(video.duration) ? video.duration : video.currentTime;
}

async function seek(video: HTMLVideoElement, seconds: number, signal: AbortSignal): Promise<void> {
  const sought = event(video, 'seeked', signal);
  video.currentTime = seconds;
  await sought;
}

/** Waits for an event of the player, and for its error. */
function event(video: HTMLVideoElement, name: 'loadeddata' | 'seeked', signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const over = new AbortController();
    const end = (done: () => void) => () => {
      over.abort();
      clearTimeout(timer);
      done();
    };
    const fail = (why: () => unknown) => end(() => reject(why()));
    const timer = setTimeout(
      fail(
        () =>
          new VideoError(
            say('does not go on: the browser’s player has not answered for {patience} s.', {
              patience: patience / 1000,
            }),
          ),
      ),
      patience,
    );
    const until = { signal: over.signal };
    video.addEventListener(name, end(resolve), until);
    video.addEventListener(
      'error',
      fail(() => new VideoError(whyNot(video.error))),
      until,
    );
    signal.addEventListener(
      'abort',
      fail(() => signal.reason),
      until,
    );
    if (signal.aborted) fail(() => signal.reason)();
  });
}

/** What an error of the player means, by its code in the HTML standard. */
export function whyNot(error: Pick<MediaError, 'code'> | null): string {
  if (error?.code === 3)
    return say('is damaged, or coded in a way that this browser cannot decode. {convert}', { convert });
  if (error?.code === 4)
    return say(
      'is no video that this browser plays: it has no codec for it, or the file is damaged. {convert}',
      { convert },
    );
  return say('could not be read. {convert}', { convert });
}
