import { loadCode } from '../code/missing-code';
import type { Context2D, FigureSize } from '../figures';
import { say } from '../text/say';
import type { RenderedFigure } from './figure-export';
import { fileName } from './file-name';
import { figureFonts } from './font-face';
import { codecs, type FrameEncoder, type Frames, type VideoCodecName, type VideoKind } from './frame-encoder';
import { inPage } from './in-page';

/** Something that moves and can leave the page. */
export interface AnimationExport {
  /** Parts of the file name. */
  readonly name: readonly string[];
  readonly title: string;
  /** CSS pixels. */
  readonly size: FigureSize;
  readonly seconds: number;
  /** Draws the whole picture at a time; the scale is set. */
  draw(ctx: Context2D, seconds: number): void;
}

export type AnimationKind = 'mp4' | 'webm' | 'gif';

interface Format {
  readonly mime: string;
  readonly framesPerSecond: number;
  /** Device pixels to the CSS pixel. */
  readonly scale: number;
}

/** GIF counts in hundredths of a second, and every frame costs: smaller, and fewer. */
const formats: Record<AnimationKind, Format> = {
  mp4: { mime: 'video/mp4', framesPerSecond: 30, scale: 4 / 3 },
  webm: { mime: 'video/webm', framesPerSecond: 30, scale: 4 / 3 },
  gif: { mime: 'image/gif', framesPerSecond: 12.5, scale: 5 / 6 },
};

/** The codec this browser can fill the format with; null where there is none, or no WebCodecs at all. */
export async function videoCodec(
  kind: VideoKind,
  { width, height }: FigureSize,
): Promise<VideoCodecName | null> {
  if (typeof VideoEncoder === 'undefined') return null;
  for (const [name, codec] of codecs[kind]) {
    const config = { codec, width, height, bitrate: 6e6, framerate: formats[kind].framesPerSecond };
    const { supported } = await VideoEncoder.isConfigSupported(config).catch(() => ({ supported: false }));
    if (supported) return name;
  }
  return null;
}

/** The browser has none of the codecs that a format may hold. The message is the second half of a sentence. */
export class NoCodecError extends Error {
  override name = 'NoCodecError';

  constructor(kind: VideoKind) {
    super(
      say('this browser has no codec for {part}; choose another format', {
        part: kind === 'mp4' ? say('MP4') : say('WebM'),
      }),
    );
  }
}

/** Even numbers, which video codecs ask for. */
function deviceSize(kind: AnimationKind, { width, height }: FigureSize): FigureSize {
  const { scale } = formats[kind];
  return { width: 2 * Math.round((width * scale) / 2), height: 2 * Math.round((height * scale) / 2) };
}

/**
 * Draws an animation frame by frame into a file. The page stays alive in between: after every frame it gets a turn.
 * @throws the signal's reason when it aborts; Error where the browser cannot encode
 */
export async function renderAnimation(
  animation: AnimationExport,
  kind: AnimationKind,
  { signal, onProgress }: { signal: AbortSignal; onProgress(share: number): void },
): Promise<RenderedFigure> {
  const { mime, framesPerSecond } = formats[kind];
  const { width, height } = deviceSize(kind, animation.size);
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  // GIF reads every frame back; video encoders take the canvas as it is.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: kind === 'gif' });
  if (!context)
    throw new Error(say('This browser offers no canvas of {width} x {height} pixels.', { width, height }));
  context.scale(width / animation.size.width, height / animation.size.height);
  await figureFonts(document);

  const count = Math.round(animation.seconds * framesPerSecond);
  const draw = (frame: number) => {
    const leave = inPage(canvas);
    try {
      animation.draw(context, frame / framesPerSecond);
    } finally {
      leave();
    }
  };
  const encoder = await encoderOf(kind, canvas, { framesPerSecond, count, draw });
  try {
    for (let frame = 0; frame < count; frame++) {
      signal.throwIfAborted();
      draw(frame);
      await encoder.add();
      onProgress((frame + 1) / count);
      await turn();
    }
    signal.throwIfAborted();
    return { bytes: await encoder.finish(), mime, fileName: fileName(animation.name, kind) };
  } catch (error) {
    await encoder.cancel();
    throw error;
  }
}

/** Encoders come with the first animation saved, not with the page. */
async function encoderOf(
  kind: AnimationKind,
  canvas: HTMLCanvasElement,
  frames: Frames,
): Promise<FrameEncoder> {
  if (kind === 'gif') return (await loadCode(() => import('./gif-encoder'))).gifEncoder(canvas, frames);
  const codec = await videoCodec(kind, canvas);
  if (!codec) throw new NoCodecError(kind);
  return (await loadCode(() => import('./video-encoder'))).videoEncoder(canvas, kind, codec, frames);
}

/** One turn of the page's message queue; unlike timers it is not slowed down in a tab behind others. */
function turn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
