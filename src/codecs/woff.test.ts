import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { sfntOfWoff, WoffError } from './woff';

const file = (weight: number) =>
  readFileSync(path.resolve(`node_modules/@fontsource/inter/files/inter-latin-${weight}-normal.woff`));

/** Sum of big-endian words of 32 bits, as fonts check themselves by (OpenType 1.9, "Calculating checksums"). */
function sum(bytes: Uint8Array): number {
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  let total = 0;
  for (let at = 0; at < padded.length; at += 4) total = (total + view.getUint32(at)) >>> 0;
  return total;
}

it.each([400, 600])(
  'every table of a font leaves its WOFF file as its check sum has it: weight %d',
  async (weight) => {
    const font = await sfntOfWoff(file(weight));
    const view = new DataView(font.buffer);
    expect(view.getUint32(0)).toBe(0x00010000);
    const tables = Array.from({ length: view.getUint16(4) }, (_, i) => {
      const [checksum, offset, length] = [4, 8, 12].map((field) => view.getUint32(12 + 16 * i + field));
      const tag = String.fromCharCode(...font.subarray(12 + 16 * i, 16 + 16 * i));
      return { tag, checksum, bytes: font.slice(offset, offset + length) };
    });
    for (const { tag, checksum, bytes } of tables) {
      // The table `head` is summed as if the check sum of the whole were 0.
      if (tag === 'head') new DataView(bytes.buffer).setUint32(8, 0);
      expect(sum(bytes), tag).toBe(checksum);
    }
    expect(tables.map(({ tag }) => tag)).toEqual(
      expect.arrayContaining(['cmap', 'glyf', 'head', 'hmtx', 'loca']),
    );
  },
);

it('what is no WOFF font, or breaks off, is said to be so', async () => {
  await expect(sfntOfWoff(new Uint8Array(60))).rejects.toThrow(WoffError);
  await expect(sfntOfWoff(file(400).subarray(0, 9000))).rejects.toThrow('This WOFF font breaks off.');
});
