import type { InputPicture } from '../../../picture/picture';

/** The network's input as a data URL, without loss. */
export function pngOf({ rgba, width, height }: InputPicture): string {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pixels = new ImageData(Uint8ClampedArray.from(rgba), width, height);
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas.toDataURL('image/png');
}
