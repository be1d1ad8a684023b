import { deflateSync } from 'node:zlib';
import { writePngChunks } from '../../src/codecs/png-chunks';
import { resizePicture } from '../../src/picture/resize-picture';

/** RGBA pixels, 8 bits a channel, not premultiplied: what stands for `ImageData` and for an `ImageBitmap`. */
export class Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;

  constructor(width: number, height: number);
  constructor(data: Uint8ClampedArray, width: number, height: number);
  constructor(first: number | Uint8ClampedArray, second: number, third?: number) {
    const isSize = typeof first === 'number';
    this.width = isSize ? first : second;
    this.height = isSize ? second : (third ?? first.length / 4 / second);
    this.data = isSize ? new Uint8ClampedArray(first * second * 4) : first;
  }

  close(): void {}
}

/** A canvas that holds pixels: they are put on it, and opaque pictures are drawn over all of it. It draws no shapes and no letters. */
export function createRasterCanvas(ownerDocument: Document) {
  let pixels = new Pixels(1, 1);
  const size = { width: 300, height: 150 };
  const held = () => {
    if (pixels.width !== size.width || pixels.height !== size.height)
      pixels = new Pixels(size.width, size.height);
    return pixels;
  };
  const context = {
    imageSmoothingEnabled: true,
    imageSmoothingQuality: 'high',
    createImageData: (width: number, height: number) => new Pixels(width, height),
    putImageData: (image: Pixels) => held().data.set(image.data),
    getImageData: () => new Pixels(held().data.slice(), size.width, size.height),
    // As with boxes of letters: see `host.ts`.
    measureText: () => ({ width: 0 }),
    drawImage(image: unknown, _x = 0, _y = 0, width = size.width, height = size.height) {
      const { data, ...of } = pixelsOf(image);
      if (width !== size.width || height !== size.height) throw new Error('a picture is to cover its canvas');
      held().data.set(resizePicture(data, of.width, of.height, size.width, size.height));
    },
  };
  const canvas = Object.assign(size, {
    ownerDocument,
    getContext: (kind: string) => (kind === '2d' ? Object.assign(context, { canvas }) : null),
    toDataURL: () => `data:image/png;base64,${Buffer.from(encodePng(held())).toString('base64')}`,
    pixels: held,
  });
  return canvas as object;
}

/** The pixels of a picture or of a canvas of this kind. */
export function pixelsOf(image: unknown): Pixels {
  if (image instanceof Pixels) return image;
  const canvas = image as { pixels?(): Pixels };
  if (canvas.pixels) return canvas.pixels();
  throw new TypeError('this is no picture of pixels');
}

/** A PNG file, without alpha where all pixels are opaque; rows unfiltered or by their difference to the one above, whichever is smaller. */
export function encodePng({ data, width, height }: Pixels): Uint8Array<ArrayBuffer> {
  const opaque = data.every((value, i) => i % 4 !== 3 || value === 255);
  const channels = opaque ? 3 : 4;
  const row = width * channels;
  const plain = new Uint8Array((row + 1) * height);
  const differences = new Uint8Array((row + 1) * height);
  for (let y = 0; y < height; y++) {
    const start = y * (row + 1);
    // Filter "Up".
    differences[start] = 2;
    for (let x = 0; x < row; x++) {
      const pixel = Math.floor(x / channels);
      const value = data[(y * width + pixel) * 4 + (x % channels)];
      plain[start + 1 + x] = value;
      differences[start + 1 + x] = value - (y > 0 ? plain[start - row + x] : 0);
    }
  }
  const [deflated] = [plain, differences]
    .map((bytes) => deflateSync(bytes))
    .sort((a, b) => a.length - b.length);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, opaque ? 2 : 6, 0, 0, 0], 8);
  return writePngChunks([
    { type: 'IHDR', data: header },
    { type: 'IDAT', data: deflated },
    { type: 'IEND', data: new Uint8Array(0) },
  ]);
}
