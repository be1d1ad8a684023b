import { cropOf } from './input-crop';

/** Larger crops are first reduced by the browser: reading back a 100-megapixel canvas takes seconds. */
const workingSide = 2048;

export interface Canvas {
  width: number;
  height: number;
  element: OffscreenCanvas;
  context: OffscreenCanvasRenderingContext2D;
}

/** A white canvas in the proportions given, shrunk where its longer side would exceed `longest`. */
export function canvasWithin(fullWidth: number, fullHeight: number, longest: number): Canvas {
  const shrink = Math.min(1, longest / Math.max(fullWidth, fullHeight));
  const width = Math.max(1, Math.round(fullWidth * shrink));
  const height = Math.max(1, Math.round(fullHeight * shrink));
  const element = new OffscreenCanvas(width, height);
  const context = element.getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  return { width, height, element, context };
}

/** The part of a picture that a network sees, on white: around its centre, in the input's proportions. */
export function cropPicture(source: ImageBitmap, inputSize: { width: number; height: number }): Canvas {
  const { left, top, width, height } = cropOf(source, inputSize);
  const crop = canvasWithin(width, height, workingSide);
  crop.context.drawImage(source, left, top, width, height, 0, 0, crop.width, crop.height);
  return crop;
}
