import { boxesInFile } from './boxes/boxes';
import { insideBoxes } from './boxes/inside-boxes';
import { readPicture } from './decode';
import type { Size } from './input-crop';
import { PictureError } from './picture-error';

/** Where the thing is that a picture shows: height x width of the network's input, 1 inside. */
export interface PictureMask {
  inside: Uint8Array;
  width: number;
  height: number;
}

/** What came of reading a mask. */
export interface ReadMask {
  /** Absent where it cannot be held against the picture. */
  mask?: PictureMask;
  /** What there is to say of it, behind its name. */
  maskNote?: string;
}

/**
 * Reads a mask, or boxes that stand for one, as its picture is read: cropped around its centre and resampled. One of another size is scaled to
 * the picture's, one of another shape is not used, and both are said. Inside is what is brighter than half of its brightest pixel, so that masks of 0 and 1
 * are read as those of 0 and 255 are; a black one is empty.
 */
export async function readMask(file: Blob, picture: Size, input: Size): Promise<ReadMask> {
  try {
    const boxes = await boxesInFile(file);
    if (boxes) {
      const size = boxes.size ?? picture;
      return heldAgainst(picture, size, () => insideBoxes(boxes, size, input), input);
    }
    const read = await readPicture(file, input);
    return heldAgainst(picture, read, () => insideOf(read.input.rgba), input);
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    return { maskNote: error.message };
  }
}

function heldAgainst(picture: Size, size: Size, inside: () => Uint8Array, input: Size): ReadMask {
  const { width, height } = input;
  const beside = `${size.width} × ${size.height} pixels, its image ${picture.width} × ${picture.height}`;
  if (!isOneShape(size, picture)) return { maskNote: `is ${beside}: of another shape, it is not used.` };
  const mask = { inside: inside(), width, height };
  return size.width === picture.width && size.height === picture.height
    ? { mask }
    : { mask, maskNote: `is ${beside}: it is scaled.` };
}

/** Whether a picture may have been scaled to a size: each side is off by less than a pixel. */
const isOneShape = (a: Size, b: Size) =>
  Math.abs(a.width * b.height - a.height * b.width) <= b.width + b.height;

/** @param rgba width x height x 4 */
export function insideOf(rgba: Uint8Array | Uint8ClampedArray): Uint8Array {
  const brightness = Float32Array.from({ length: rgba.length / 4 }, (_, i) =>
    Math.max(rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]),
  );
  const most = brightness.reduce((a, b) => Math.max(a, b), 0);
  return Uint8Array.from(brightness, (value) => (most > 0 && value > most / 2 ? 1 : 0));
}
