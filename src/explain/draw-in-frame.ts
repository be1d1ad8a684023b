import { PictureError } from '../engine/picture/picture-error';
import { drawSvg } from './draw-svg';

/** Longest time in milliseconds that drawing may take. */
const PATIENCE = 5000;
/** Longest time in milliseconds that a frame may take to start, on a machine that does much else. */
const START_PATIENCE = 10_000;

/** What the frame runs: it has the drawing sent with a port to answer by. */
const script = `
const draw = (${drawSvg});
onmessage = ({ data, ports: [port] }) =>
  draw(data).then(
    (bitmap) => port.postMessage(bitmap, bitmap ? [bitmap] : []),
    () => port.postMessage(null),
  );
parent.postMessage('ready', '*');
`;

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
  frame.srcdoc = `<!doctype html><script>${script}</script>`;
  const ended = new AbortController();
  try {
    const isReady = await started(frame, ended.signal, signal);
    // Without frames, as an extension may have it, the page draws by itself.
    return isReady ? await answerOf(frame, file, signal) : await drawSvg(file);
  } finally {
    ended.abort();
    frame.remove();
  }
}

/** Puts the frame into the page; whether it runs then. */
function started(frame: HTMLIFrameElement, ended: AbortSignal, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { signal: ended });
    window.addEventListener('message', ({ source }) => source === frame.contentWindow && resolve(true), {
      signal: ended,
    });
    setTimeout(resolve, START_PATIENCE, false);
    document.body.append(frame);
  });
}

function answerOf(frame: HTMLIFrameElement, file: Blob, signal: AbortSignal): Promise<ImageBitmap | null> {
  const { port1, port2 } = new MessageChannel();
  return new Promise<ImageBitmap | null>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    setTimeout(
      () =>
        reject(
          new PictureError(
            `takes longer than ${PATIENCE / 1000} s to draw. Save it as PNG in the program it comes from, and open that.`,
          ),
        ),
      PATIENCE,
    );
    port1.onmessage = ({ data }) => resolve(data);
    frame.contentWindow?.postMessage(file, '*', [port2]);
  }).finally(() => port1.close());
}
