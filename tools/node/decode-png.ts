import { inflateSync } from 'node:zlib';
import { readPngChunks } from '../../src/codecs/png-chunks';
import { Pixels } from './raster-canvas';

/** Samples a pixel of the kinds that are read: grey, RGB, RGBA. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 6: 4 };

/**
 * Decodes a PNG file of eight bits a sample, not interlaced, without a palette: what programs write for one another.
 * Filters are those of the specification (https://www.w3.org/TR/png-3/#9Filters).
 * @returns null for a file of another kind
 * @throws PngError, Error of zlib's, where it is damaged
 */
export function decodePng(bytes: Uint8Array): Pixels | null {
  const chunks = readPngChunks(bytes);
  const header = chunks[0].data;
  const view = new DataView(header.buffer, header.byteOffset);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colours, , , interlace] = header.subarray(8);
  const count = samples[colours];
  // A colour that stands for transparency, or numbers that are no sRGB, ask for more than this.
  const isOther = chunks.some(({ type }) => ['tRNS', 'iCCP', 'gAMA', 'cICP', 'eXIf'].includes(type));
  if (depth !== 8 || count === undefined || interlace !== 0 || isOther) return null;
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  const stride = width * count;
  const lines = inflateSync(packed, { maxOutputLength: (stride + 1) * height });
  if (lines.length !== (stride + 1) * height) throw new Error('the file holds too few pixels');
  const pixels = new Pixels(width, height);
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const from = y * (stride + 1);
    const line = lines.subarray(from + 1, from + 1 + stride);
    unfilter(lines[from], line, above, count);
    spread(line, pixels.data.subarray(y * width * 4), width, count);
    above = line;
  }
  return pixels;
}

/** Undoes the filter of a line in its place. */
function unfilter(filter: number, line: Uint8Array, above: Uint8Array, count: number): void {
  if (filter > 4) throw new Error(`there is no filter ${filter}`);
  if (filter === 0) return;
  for (let i = 0; i < line.length; i++) {
    const left = i < count ? 0 : line[i - count];
    const up = above[i];
    const corner = i < count ? 0 : above[i - count];
    if (filter === 1) line[i] += left;
    else if (filter === 2) line[i] += up;
    else if (filter === 3) line[i] += (left + up) >> 1;
    else line[i] += paeth(left, up, corner);
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** RGBA of a line, on white. */
function spread(line: Uint8Array, to: Uint8ClampedArray, width: number, count: number): void {
  for (let x = 0; x < width; x++) {
    const alpha = count === 4 ? line[x * 4 + 3] / 255 : 1;
    for (let channel = 0; channel < 3; channel++) {
      const value = line[x * count + (count === 1 ? 0 : channel)];
      to[x * 4 + channel] = alpha === 1 ? value : Math.round(255 + (value - 255) * alpha);
    }
    to[x * 4 + 3] = 255;
  }
}
