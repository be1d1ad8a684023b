import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../codecs/crc32';
import { readPngChunks, writePngChunks } from '../codecs/png-chunks';
import { annotatePng, canvasToPng, hasAnalysis, readPngText } from './png';

/** A PNG file of one black pixel, as published by many (67 bytes, grey, 1 bit). */
const tiny = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAQAAAAA3bvkkAAAACklEQVR4AWNgAAAAAgABc3UBGAAAAABJRU5ErkJggg=='),
  (character) => character.charCodeAt(0),
);

const bytesOf = (text: string) => new TextEncoder().encode(text);

describe('crc32', () => {
  it('agrees with the published check values', () => {
    expect(crc32(bytesOf('IEND'))).toBe(0xae426082);
    expect(crc32(bytesOf('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array())).toBe(0);
  });
});

describe('readPngChunks', () => {
  it('reads a file and writes it again byte for byte', () => {
    const chunks = readPngChunks(tiny);
    expect(chunks.map((chunk) => chunk.type)).toEqual(['IHDR', 'IDAT', 'IEND']);
    expect(writePngChunks(chunks)).toEqual(tiny);
  });

  it('says what is wrong with a file that is none, broken off or damaged', () => {
    expect(() => readPngChunks(bytesOf('GIF89a..'))).toThrow(
      'This file is no PNG picture: its first eight bytes are others.',
    );
    expect(() => readPngChunks(tiny.subarray(0, 50))).toThrow('This PNG file breaks off after 50 bytes.');
    expect(() => readPngChunks(tiny.subarray(0, tiny.length - 12))).toThrow('its IEND chunk is missing');
    const damaged = tiny.slice();
    damaged[17] ^= 1;
    expect(() => readPngChunks(damaged)).toThrow('the check sum of its IHDR chunk at byte 8 is wrong');
  });
});

describe('annotatePng', () => {
  it('writes the printed resolution in pixels per metre', async () => {
    const chunks = readPngChunks(await annotatePng(tiny, { dpi: 300 }));
    expect(chunks.map((chunk) => chunk.type)).toEqual(['IHDR', 'pHYs', 'IDAT', 'IEND']);
    // 300 / 0.0254 = 11811.02
    expect([...chunks[1].data]).toEqual([0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1]);
    expect(0x2e23).toBe(11811);
  });

  it('replaces a resolution that is there already', async () => {
    const twice = await annotatePng(await annotatePng(tiny, { dpi: 96 }), { dpi: 192 });
    const found = readPngChunks(twice).filter((chunk) => chunk.type === 'pHYs');
    expect(found).toHaveLength(1);
    expect(new DataView(found[0].data.buffer, found[0].data.byteOffset).getUint32(0)).toBe(7559);
  });

  it('is read as 300 dpi by libpng, the picture unchanged', async () => {
    const bytes = await annotatePng(tiny, { dpi: 300, text: { supersign: '{"a":"é"}' } });
    const metadata = await sharp(bytes).metadata();
    expect(metadata.density).toBe(300);
    expect([metadata.width, metadata.height]).toEqual([1, 1]);
    expect([...(await sharp(bytes).raw().toBuffer())]).toEqual([...(await sharp(tiny).raw().toBuffer())]);
  });

  it('carries short texts plain and long ones deflated, in any script', async () => {
    const short = 'Grad-CAM, ‘golf ball’ – 高尔夫球 🏌';
    const long = `${short}\n`.repeat(2000);
    const bytes = await annotatePng(tiny, { dpi: 96, text: { Title: short, supersign: long } });
    expect(bytes.length).toBeLessThan(3000);
    expect(await readPngText(bytes, 'Title')).toBe(short);
    expect(await readPngText(bytes, 'supersign')).toBe(long);
    expect(await readPngText(bytes, 'Author')).toBeNull();
    const [title, analysis] = readPngChunks(bytes).filter((chunk) => chunk.type === 'iTXt');
    expect(title.data[6]).toBe(0);
    expect(analysis.data[10]).toBe(1);
    expect(hasAnalysis(bytes)).toBe(true);
    expect(hasAnalysis(tiny)).toBe(false);
    expect(hasAnalysis(bytes.subarray(0, 60))).toBe(false);
  });

  it('reads a chunk of another writer, with language and translated keyword', async () => {
    const [header, ...rest] = readPngChunks(tiny);
    const data = bytesOf('supersign\0\0\0de\0Übersetzt\0Inhalt');
    const bytes = writePngChunks([header, { type: 'iTXt', data }, ...rest]);
    expect(await readPngText(bytes, 'supersign')).toBe('Inhalt');
  });

  it('gives up a text that unpacks to more than it may, soon', async () => {
    const [header, ...rest] = readPngChunks(tiny);
    const bomb = (bytes: number) => {
      const packed = deflateSync(Buffer.alloc(bytes, ' '), { level: 9 });
      const data = Uint8Array.from(Buffer.concat([Buffer.from('supersign\0\x01\0\0\0'), packed]));
      return writePngChunks([header, { type: 'iTXt', data }, ...rest]);
    };
    expect(await readPngText(bomb(1e6), 'supersign')).toHaveLength(1e6);
    await expect(readPngText(bomb(70e6), 'supersign')).rejects.toThrow(
      'The compressed text "supersign" of this PNG file unpacks to more than 64 MB: it is damaged, or made to fill the memory.',
    );
  });

  it('refuses a keyword the format does not allow', async () => {
    await expect(annotatePng(tiny, { dpi: 96, text: { é: 'x' } })).rejects.toThrow('is no PNG keyword');
    await expect(annotatePng(tiny, { dpi: 96, text: { ['x'.repeat(80)]: 'x' } })).rejects.toThrow(RangeError);
  });
});

describe('canvasToPng', () => {
  it('encodes by the canvas itself', async () => {
    const canvas = {
      toBlob: (done: (blob: Blob) => void) => done(new Blob([tiny])),
    } as unknown as HTMLCanvasElement;
    expect((await sharp(await canvasToPng(canvas, { dpi: 96 })).metadata()).density).toBe(96);
  });

  it('says so when the canvas is too large to encode', async () => {
    const canvas = { width: 40_000, height: 9, toBlob: (done: (blob: null) => void) => done(null) };
    await expect(canvasToPng(canvas as unknown as HTMLCanvasElement, { dpi: 96 })).rejects.toThrow(
      'This browser could not encode a picture of 40000 x 9 pixels. Export at a lower resolution.',
    );
  });
});
