import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { sniffPicture } from './sniff';

const scene = sharp({ create: { width: 21, height: 13, channels: 3, background: '#3a7' } });

const formats = [
  ['PNG', (s: Sharp) => s.png()],
  ['JPEG', (s: Sharp) => s.jpeg()],
  ['GIF', (s: Sharp) => s.gif()],
  ['WebP', (s: Sharp) => s.webp()],
  ['WebP', (s: Sharp) => s.webp({ lossless: true })],
] as const;

describe('recognising pictures by their content', () => {
  it.each(formats)('%s: size, and whether the end is there', async (type, encode) => {
    const bytes = await encode(scene.clone()).toBuffer();
    expect(sniffPicture(bytes)).toEqual({ type, width: 21, height: 13, complete: true });
    expect(sniffPicture(bytes.subarray(0, bytes.length - 3))).toMatchObject({ type, complete: false });
  });

  it('AVIF has no plain size, but an end', async () => {
    const bytes = await scene.clone().avif().toBuffer();
    expect(sniffPicture(bytes)).toEqual({ type: 'AVIF', width: null, height: null, complete: true });
    expect(sniffPicture(bytes.subarray(0, bytes.length - 3))).toMatchObject({ complete: false });
  });

  it('an AVIF cut within the 64-bit size of a box is not complete', () => {
    const bytes = Buffer.concat([
      Buffer.from([0, 0, 0, 16]),
      Buffer.from('ftypavif'),
      Buffer.alloc(4),
      Buffer.from([0, 0, 0, 1]),
      Buffer.from('mdat'),
    ]);
    expect(sniffPicture(bytes)).toEqual({ type: 'AVIF', width: null, height: null, complete: false });
  });

  it('a JPEG with a preview in its metadata is not taken for complete by the end of the preview', async () => {
    const bytes = await scene.clone().jpeg().toBuffer();
    const preview = Buffer.from([0xff, 0xe1, 0x00, 0x06, 0xff, 0xd8, 0xff, 0xd9]);
    const withPreview = Buffer.concat([bytes.subarray(0, 2), preview, bytes.subarray(2)]);
    expect(sniffPicture(withPreview)).toMatchObject({ width: 21, complete: true });
    expect(sniffPicture(withPreview.subarray(0, withPreview.length - 2))).toMatchObject({ complete: false });
  });

  it('a JPEG followed by other bytes is complete', async () => {
    const bytes = await scene.clone().jpeg().toBuffer();
    expect(sniffPicture(Buffer.concat([bytes, Buffer.from('trailer')]))).toMatchObject({ complete: true });
  });

  it('BMP and SVG', () => {
    const bmp = Buffer.alloc(58);
    bmp.write('BM');
    bmp.writeUInt32LE(58, 2);
    bmp.writeInt32LE(1, 18);
    bmp.writeInt32LE(-2, 22);
    expect(sniffPicture(bmp)).toEqual({ type: 'BMP', width: 1, height: 2, complete: true });
    const svg = Buffer.from(
      '<?xml version="1.0"?><!-- a --><svg xmlns="http://www.w3.org/2000/svg"></svg>\n',
    );
    expect(sniffPicture(svg)).toMatchObject({ type: 'SVG', complete: true });
    expect(sniffPicture(svg.subarray(0, 60))).toMatchObject({ type: 'SVG', complete: false });
  });

  it.each(['', 'hello', '%PDF-1.7 ...', 'PK\u0003\u0004', '<html><body></body></html>', '\x89PNG'])(
    '%j is none',
    (text) => {
      expect(sniffPicture(Buffer.from(text, 'latin1'))).toBeNull();
    },
  );
});
