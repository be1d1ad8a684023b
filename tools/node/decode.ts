import { createHash } from 'node:crypto';
import type { InputPicture } from '../../src/picture/picture';
import { PictureError } from '../../src/picture/picture-error';
import { resizePicture } from '../../src/picture/resize-picture';
import { sniffPicture } from '../../src/picture/sniff';
import type { OpenPicture } from '../../src/state/explain-store';
import { installs } from '../optional-package';
import { decodePng } from './decode-png';
import { Pixels } from './raster-canvas';

/** As `picture/decode.ts`: larger crops are reduced first, and one of this side is kept to look at. */
const workingSide = 2048;
const displaySide = 720;
const maximumBytes = 256 * 2 ** 20;

/**
 * Decodes a picture by sharp as the page does by the browser: upright, on white, cropped around its centre to the input's
 * aspect, resampled by the page's own code. Of a PNG file the pixels are the page's own; JPEG decoders differ by a grey level here and there.
 * @throws PictureError saying what is wrong with the file
 */
export async function decodeInNode(
  file: Blob,
  name: string,
  inputSize: { width: number; height: number },
): Promise<OpenPicture> {
  const started = performance.now();
  if (file.size === 0) throw new PictureError('is empty (0 bytes).');
  if (file.size > maximumBytes)
    throw new PictureError(
      `is too large: ${Math.round(file.size / 2 ** 20)} MB, at most 256 MB can be read.`,
    );
  const bytes = Buffer.from(await file.arrayBuffer());
  const { crop, width, height } = await cropOf(bytes, inputSize.width / inputSize.height);
  const rgba = resizePicture(crop.data, crop.width, crop.height, inputSize.width, inputSize.height);
  return {
    ...{ width, height, file, name, source: '' },
    sha256: createHash('sha256').update(bytes).digest('hex'),
    input: { rgba, ...inputSize } satisfies InputPicture,
    display: within(crop, displaySide) as unknown as ImageBitmap,
    // Only a page looks at it.
    preview: new Blob(),
    decodeMs: performance.now() - started,
  };
}

async function cropOf(bytes: Buffer, aspect: number) {
  const header = sniffPicture(bytes);
  if (!header) throw new PictureError('is not a picture that can be read.');
  const { type, complete } = header;
  if (!complete) throw new PictureError(`is cut off: the end of the ${type} file is missing.`);
  const whole = await decoded(bytes, type);
  const { width, height } = whole;
  const cropWidth = Math.max(1, Math.round(Math.min(width, height * aspect)));
  const cropHeight = Math.max(1, Math.round(Math.min(height, width / aspect)));
  const crop = new Pixels(cropWidth, cropHeight);
  const [left, top] = [Math.floor((width - cropWidth) / 2), Math.floor((height - cropHeight) / 2)];
  for (let y = 0; y < cropHeight; y++) {
    const from = ((top + y) * width + left) * 4;
    crop.data.set(whole.data.subarray(from, from + cropWidth * 4), y * cropWidth * 4);
  }
  return { crop: within(crop, workingSide), width, height };
}

/** Upright and on white. sharp is a library that some machines have not: without it plain PNG files are read all the same. */
async function decoded(bytes: Buffer, type: string): Promise<Pixels> {
  const sharp = await import('sharp').then(
    (library) => library.default,
    () => null,
  );
  try {
    if (!sharp) {
      const pixels = decodePng(bytes);
      if (pixels) return pixels;
    } else {
      const { data, info } = await sharp(bytes, { limitInputPixels: 16_384 ** 2 })
        .rotate()
        .flatten({ background: '#fff' })
        .toColourspace('srgb')
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      return new Pixels(
        new Uint8ClampedArray(data.buffer, data.byteOffset, data.length),
        info.width,
        info.height,
      );
    }
  } catch {
    throw new PictureError(`is a damaged ${type} file, or of a kind that cannot be decoded here.`);
  }
  throw new PictureError(
    `cannot be decoded: all but plain PNG files are read by the package sharp, which is not here. One command installs it: ${installs('sharp')}`,
  );
}

/** The picture, reduced where its longer side exceeds `longest` pixels. */
function within(picture: Pixels, longest: number): Pixels {
  const shrink = Math.min(1, longest / Math.max(picture.width, picture.height));
  if (shrink === 1) return picture;
  const [width, height] = [picture.width, picture.height].map((side) =>
    Math.max(1, Math.round(side * shrink)),
  );
  return new Pixels(resizePicture(picture.data, picture.width, picture.height, width, height), width, height);
}
