import { sha256Of } from '../codecs/sha256';
import { type Canvas, canvasWithin, cropPicture } from './crop-picture';
import type { DecodeRequest, Picture } from './picture';
import { PictureError } from './picture-error';
import { resizePicture } from './resize-picture';
import { sniffPicture } from './sniff';

const maximumBytes = 256 * 2 ** 20;
const maximumSide = 16_384;
const displaySide = 720;

/**
 * Decodes a picture as `readPicture` does, and keeps one to look at.
 * @throws PictureError saying what is wrong with the file
 */
export async function decodePicture({ file, bitmap, inputSize }: DecodeRequest): Promise<Picture> {
  const started = performance.now();
  const { crop, ...picture } = await readCrop(file, bitmap, inputSize);
  return { ...picture, ...(await displayOf(crop)), decodeMs: performance.now() - started };
}

/**
 * Decodes a picture, turns it upright, lays it on white, crops it around its centre to the input's aspect
 * and resamples it to the input's size.
 * @throws PictureError saying what is wrong with the file
 */
export async function readPicture(file: Blob, inputSize: DecodeRequest['inputSize']): Promise<ReadPicture> {
  const { crop: _, ...picture } = await readCrop(file, null, inputSize);
  return picture;
}

/** What a network reads of a file, and what is known of the file. */
export type ReadPicture = Pick<Picture, 'width' | 'height' | 'sha256' | 'input'>;

async function readCrop(
  file: Blob,
  bitmap: ImageBitmap | null,
  inputSize: DecodeRequest['inputSize'],
): Promise<ReadPicture & { crop: Canvas }> {
  if (file.size === 0) throw new PictureError('is empty (0 bytes).');
  if (file.size > maximumBytes) {
    throw new PictureError(
      `is too large: ${Math.round(file.size / 2 ** 20)} MB, at most 256 MB can be read.`,
    );
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const source = bitmap ?? (await decode(file, bytes));
  const { width, height } = source;
  const crop = cropPicture(source, inputSize);
  source.close();
  const pixels = crop.context.getImageData(0, 0, crop.width, crop.height).data;
  return {
    width,
    height,
    sha256: await sha256Of(bytes.buffer),
    input: {
      rgba: resizePicture(pixels, crop.width, crop.height, inputSize.width, inputSize.height),
      ...inputSize,
    },
    crop,
  };
}

async function decode(file: Blob, bytes: Uint8Array): Promise<ImageBitmap> {
  const header = sniffPicture(bytes);
  if (!header) throw new PictureError('is not a picture this browser can read.');
  const { type, width, height, complete } = header;
  if (!complete) throw new PictureError(`is cut off: the end of the ${type} file is missing.`);
  if (width !== null && height !== null) {
    if (width === 0 || height === 0) throw new PictureError(`is a ${type} file without any pixels.`);
    if (Math.max(width, height) > maximumSide) {
      throw new PictureError(
        `is too large: ${width} × ${height} pixels, at most ${maximumSide} a side can be read.`,
      );
    }
  }
  try {
    return await createImageBitmap(file);
  } catch {
    throw new PictureError(`is a damaged ${type} file, or of a kind this browser cannot decode.`);
  }
}

async function displayOf(crop: Canvas): Promise<Pick<Picture, 'display' | 'preview'>> {
  const { context, element, width, height } = canvasWithin(crop.width, crop.height, displaySide);
  context.drawImage(crop.element, 0, 0, width, height);
  const preview = await element.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
  return { preview, display: element.transferToImageBitmap() };
}
