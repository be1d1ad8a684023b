import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import type { FrameEncoder, Frames } from './frame-encoder';

/** Colours of the whole animation, and one index more for "as it was". */
const COLOURS = 255;
const UNCHANGED = COLOURS;
/** Frames that the colours are taken from, spread over the animation, and of each every so manieth pixel. */
const SAMPLES = 9;
const STRIDE = 5;

/**
 * Frames into an animated GIF: one table of colours for all of them, so that what rests does not flicker, and pixels that stay as they were left
 * out, which keeps the file small.
 */
export function gifEncoder(
  canvas: HTMLCanvasElement,
  { framesPerSecond, count, draw }: Frames,
): FrameEncoder {
  const { width, height } = canvas;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const pixels = () => context.getImageData(0, 0, width, height).data;
  const samples = Array.from({ length: SAMPLES }, (_, i) => {
    draw(Math.round((i * (count - 1)) / (SAMPLES - 1)));
    return new Uint32Array(pixels().buffer).filter((_, at) => at % STRIDE === 0);
  });
  const sampled = new Uint32Array(samples.reduce((sum, { length }) => sum + length, 0));
  samples.reduce((at, sample) => {
    sampled.set(sample, at);
    return at + sample.length;
  }, 0);
  const palette = quantize(new Uint8ClampedArray(sampled.buffer), COLOURS);
  // The table is as long as the index that means "as it was" asks for.
  while (palette.length <= UNCHANGED) palette.push([0, 0, 0]);
  const colours = palette.slice(0, COLOURS);

  const gif = GIFEncoder();
  const delay = 1000 / framesPerSecond;
  let before: Uint8Array | null = null;
  return {
    add: async () => {
      const index = applyPalette(pixels(), colours);
      const changed = before
        ? index.map((colour, at) => (colour === before?.[at] ? UNCHANGED : colour))
        : index;
      gif.writeFrame(changed, width, height, {
        delay,
        // Each frame lies over the last.
        dispose: 1,
        ...(before ? { transparent: true, transparentIndex: UNCHANGED } : { palette, repeat: 0 }),
      });
      before = index;
    },
    finish: async () => {
      gif.finish();
      return gif.bytes();
    },
    cancel: async () => {},
  };
}
