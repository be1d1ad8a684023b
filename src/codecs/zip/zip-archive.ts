import { crc32 } from '../crc32';

const HEADER = 0x04034b50;
const MEMBER = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
/** Names are UTF-8. */
const UTF8 = 0x800;
/** 1 January 1980, the earliest day that the format knows: equal contents make equal archives. */
const FIRST_DAY = 0x21;

/** A zip archive of files stored as they are (APPNOTE 6.3), each less than 4 GB. */
export function zipArchive(files: readonly { name: string; bytes: Uint8Array }[]): Uint8Array<ArrayBuffer> {
  const entries = files.map(({ name, bytes }) => ({
    name: new TextEncoder().encode(name),
    bytes,
    crc: crc32(bytes),
  }));
  const headers = entries.reduce((sum, { name, bytes }) => sum + 30 + name.length + bytes.length, 0);
  const directory = entries.reduce((sum, { name }) => sum + 46 + name.length, 0);
  const archive = new Uint8Array(headers + directory + 22);
  const view = new DataView(archive.buffer);
  let at = 0;
  const u16 = (value: number) => {
    view.setUint16(at, value, true);
    at += 2;
  };
  const u32 = (value: number) => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const raw = (bytes: Uint8Array) => {
    archive.set(bytes, at);
    at += bytes.length;
  };
  /** What local header and directory have in common. */
  const common = ({ name, bytes, crc }: (typeof entries)[number]) => {
    for (const value of [VERSION, UTF8, 0, 0, FIRST_DAY]) u16(value);
    for (const value of [crc, bytes.length, bytes.length]) u32(value);
    u16(name.length);
    u16(0);
  };
  const places = entries.map((entry) => {
    const place = at;
    u32(HEADER);
    common(entry);
    raw(entry.name);
    raw(entry.bytes);
    return place;
  });
  entries.forEach((entry, index) => {
    u32(MEMBER);
    u16(VERSION);
    common(entry);
    for (const value of [0, 0, 0]) u16(value);
    u32(0);
    u32(places[index]);
    raw(entry.name);
  });
  u32(END);
  for (const value of [0, 0, entries.length, entries.length]) u16(value);
  u32(directory);
  u32(headers);
  u16(0);
  return archive;
}
