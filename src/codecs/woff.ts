import { inflatedWhole } from './inflate';

/** Bytes that are no font in the Web Open Font Format, version 1. */
export class WoffError extends Error {
  override readonly name = 'WoffError';
}

interface Table {
  tag: number;
  checksum: number;
  bytes: Uint8Array;
}

/** Length of a table's entry in each directory, and of what stands before the directories. */
const woff = { header: 44, entry: 20 };
const sfnt = { header: 12, entry: 16 };
/** Largest table: fonts of this kind have some hundred thousand bytes. */
const mostBytes = 32 * 2 ** 20;

/**
 * The TrueType or OpenType font in a WOFF file: the same tables, inflated, behind the directory that they have in a font's own
 * file (W3C, WOFF File Format 1.0, sections 3 to 5).
 * @throws WoffError where it is none
 */
export async function sfntOfWoff(file: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < woff.header || view.getUint32(0) !== 0x774f4646)
    throw new WoffError('This is no WOFF font.');
  const tables = await Promise.all(
    Array.from({ length: view.getUint16(12) }, (_, i) => tableAt(file, view, woff.header + i * woff.entry)),
  );
  return sfntOf(view.getUint32(4), tables);
}

async function tableAt(file: Uint8Array, view: DataView, at: number): Promise<Table> {
  const [tag, offset, packed, length, checksum] = [0, 4, 8, 12, 16].map((field) =>
    view.getUint32(at + field),
  );
  if (offset + packed > file.length) throw new WoffError('This WOFF font breaks off.');
  const content = file.slice(offset, offset + packed);
  if (packed === length) return { tag, checksum, bytes: content };
  const inflated = await inflatedWhole(content, 'deflate', Math.min(length, mostBytes));
  return { tag, checksum, bytes: new Uint8Array(await inflated.arrayBuffer()) };
}

/** Tables of a font behind their directory, each beginning at a multiple of four bytes. */
function sfntOf(flavour: number, tables: readonly Table[]): Uint8Array<ArrayBuffer> {
  const padded = (length: number) => Math.ceil(length / 4) * 4;
  const start = sfnt.header + tables.length * sfnt.entry;
  const bytes = new Uint8Array(tables.reduce((sum, table) => sum + padded(table.bytes.length), start));
  const view = new DataView(bytes.buffer);
  const steps = Math.floor(Math.log2(tables.length));
  view.setUint32(0, flavour);
  view.setUint16(4, tables.length);
  view.setUint16(6, 2 ** steps * 16);
  view.setUint16(8, steps);
  view.setUint16(10, tables.length * 16 - 2 ** steps * 16);
  let at = start;
  tables.forEach(({ tag, checksum, bytes: content }, i) => {
    const entry = sfnt.header + i * sfnt.entry;
    [tag, checksum, at, content.length].forEach((value, field) => {
      view.setUint32(entry + field * 4, value);
    });
    bytes.set(content, at);
    at += padded(content.length);
  });
  return bytes;
}
