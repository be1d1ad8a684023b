import { PictureError } from '../../../picture/picture-error';
import { say } from '../../../text/say';
import { frameScript } from './frame-script';

/** Longest time in milliseconds that drawing may take. */
const PATIENCE = 5000;
/** Longest time in milliseconds that a frame may take to start, on a machine that does much else. */
const START_PATIENCE = 15_000;

const instead = 'Save it as PNG in the program it comes from, and open that.';

/**
 * Draws an SVG in a frame of an origin of its own. Chromium gives such a frame a process of its own: whatever is drawn there, the page
 * goes on, and the process ends when the frame is taken away. Where it has none, what takes long holds the page up.
 * @returns null where the file cannot be drawn
 * @throws PictureError where drawing takes too long
 */
export async function drawInFrame(file: Blob, signal: AbortSignal): Promise<ImageBitmap | null> {
  signal.throwIfAborted();
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.hidden = true;
  frame.srcdoc = `<!doctype html><script>${frameScript}</script>`;
  const ended = new AbortController();
  try {
    await within(
      START_PATIENCE,
      say('cannot be drawn: this browser starts no frame to draw in.'),
      signal,
      (resolve) => {
        const ready = ({ source }: MessageEvent) => source === frame.contentWindow && resolve(null);
        window.addEventListener('message', ready, { signal: ended.signal });
        document.body.append(frame);
      },
    );
    const { port1, port2 } = new MessageChannel();
    const tooLong = say('takes longer than {PATIENCE} s to draw.', { PATIENCE: PATIENCE / 1000 });
    return await within<ImageBitmap | null>(PATIENCE, tooLong, signal, (resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
      frame.contentWindow?.postMessage(file, '*', [port2]);
    });
  } finally {
    ended.abort();
    frame.remove();
  }
}

/** Waits for what `start` resolves, for so many milliseconds. @throws PictureError after that; the signal's reason when it aborts */
function within<T>(
  milliseconds: number,
  otherwise: string,
  signal: AbortSignal,
  start: (resolve: (value: T) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new PictureError(`${otherwise} ${instead}`)), milliseconds);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    start((value) => {
      clearTimeout(late);
      resolve(value);
    });
  });
}
