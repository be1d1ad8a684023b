import { say } from '../../../../text/say';
import { frameAsFile } from '../camera/frame-file';

/** What keeps a video from being read; the message is the second half of a sentence: "clip.avi …". */
export class VideoError extends Error {
  override name = 'VideoError';
}

export interface ReadFrame {
  /** Where it stands in the video, in seconds. */
  seconds: number;
  file: Blob;
}

/** Longest wait in milliseconds for one answer of the browser's player. */
const patience = 20_000;

/** How a video becomes one that every browser reads. */
const convert = 'Convert it: ffmpeg -i video -c:v libx264 -pix_fmt yuv420p video.mp4';

/** The middles of `count` parts of equal length, in seconds. */
export const evenly = (duration: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => (duration * (i + 0.5)) / count);

/**
 * Takes frames from a video file at even distances, by the browser's own player, whatever it plays.
 * @throws VideoError; the signal's reason when it aborts
 */
export async function* framesOf(file: Blob, count: number, signal: AbortSignal): AsyncGenerator<ReadFrame> {
  const address = URL.createObjectURL(file);
  const video = Object.assign(document.createElement('video'), {
    muted: true,
    playsInline: true,
    preload: 'auto',
  });
  try {
    const opened = event(video, 'loadeddata', signal);
    video.src = address;
    await opened;
    if (video.videoWidth === 0 || video.videoHeight === 0)
      throw new VideoError(say('holds no pictures that this browser can decode. {convert}', { convert }));
    const duration = await durationOf(video, signal);
    if (!(duration > 0)) throw new VideoError(say('has no length: not one frame is in it.'));
    for (const seconds of evenly(duration, count)) {
      await seek(video, seconds, signal);
      const bitmap = await createImageBitmap(video);
      try {
        yield { seconds, file: await frameAsFile(bitmap) };
      } finally {
        bitmap.close();
      }
    }
  } finally {
    video.removeAttribute('src');
    video.load();
    URL.revokeObjectURL(address);
  }
}

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
