import { readPicture } from './decode';
import type { DecodeRequest } from './picture';

/** Where the thing is that a picture shows: height x width of the network's input, 1 inside. */
export interface PictureMask {
  inside: Uint8Array;
  width: number;
  height: number;
}

/**
 * Reads a mask as its picture is read: cropped around its centre and resampled, whatever its size. Inside is what is brighter than half
 * of its brightest pixel, so that masks of 0 and 1 are read as those of 0 and 255 are; a black one is empty.
 * @throws PictureError saying what is wrong with the file
 */
export async function readMask(file: Blob, inputSize: DecodeRequest['inputSize']): Promise<PictureMask> {
  const { input } = await readPicture(file, inputSize);
  return { inside: insideOf(input.rgba), ...inputSize };
}

/** @param rgba width x height x 4 */
export function insideOf(rgba: Uint8Array | Uint8ClampedArray): Uint8Array {
  const brightness = Float32Array.from({ length: rgba.length / 4 }, (_, i) =>
    Math.max(rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]),
  );
  const most = brightness.reduce((a, b) => Math.max(a, b), 0);
  return Uint8Array.from(brightness, (value) => (most > 0 && value > most / 2 ? 1 : 0));
}
