/** An archive that cannot be read; a sentence that says what to do. */
export class ZipError extends Error {
  override name = 'ZipError';
}

export const damagedZip = 'This archive is damaged or cut off. Save or download it again.';

/** A file in a zip archive, as the archive's directory describes it. */
export interface ZipMember {
  name: string;
  /** 0 stored, 8 deflated. */
  method: number;
  encrypted: boolean;
  crc: number;
  /** Bytes in the archive and unpacked. */
  packed: number;
  size: number;
  /** Where its local header lies. */
  header: number;
}

/** Where an archive's directory lies. */
export interface ZipDirectory {
  count: number;
  start: number;
  length: number;
}

const END = 0x06054b50;
const LARGE_LOCATOR = 0x07064b50;
const LARGE_END = 0x06064b50;
const MEMBER = 0x02014b50;
const HEADER = 0x04034b50;
const END_LENGTH = 22;
const LOCATOR_LENGTH = 20;
const LONGEST_COMMENT = 0xffff;
/** Of the record for archives too large for the usual one. */
export const LARGE_END_LENGTH = 56;
export const HEADER_LENGTH = 30;
/** The end record is found in as many bytes at the end of every archive. */
export const LONGEST_END = END_LENGTH + LONGEST_COMMENT + LOCATOR_LENGTH;

/** A field with all its bits set says that the number stands where there is room for it. */
const LARGE_32 = 0xffffffff;

export const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b;

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Finds the end record, in front of a comment of unknown length.
 * @param tail the last bytes of the archive, `LONGEST_END` of them where it has as many
 * @returns where the directory lies, or where the record lies that tells it (Zip64)
 * @throws ZipError where there is none
 */
export function findEnd(tail: Uint8Array): ZipDirectory | { large: number } {
  const view = viewOf(tail);
  const last = view.byteLength - END_LENGTH;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) !== END) continue;
    const locator = at - LOCATOR_LENGTH;
    if (locator >= 0 && view.getUint32(locator, true) === LARGE_LOCATOR) {
      return { large: number64(view, locator + 8) };
    }
    const disk = view.getUint16(at + 4, true);
    if (disk !== 0) throw new ZipError('This archive is one part of several. Join them.');
    return {
      count: view.getUint16(at + 10, true),
      length: view.getUint32(at + 12, true),
      start: view.getUint32(at + 16, true),
    };
  }
  throw new ZipError(damagedZip);
}

/**
 * Reads the end record of Zip64.
 * @param bytes `LARGE_END_LENGTH` of them, from where `findEnd` says
 */
export function readLargeEnd(bytes: Uint8Array): ZipDirectory {
  const view = viewOf(bytes);
  if (view.byteLength < LARGE_END_LENGTH || view.getUint32(0, true) !== LARGE_END) {
    throw new ZipError(damagedZip);
  }
  return { count: number64(view, 32), length: number64(view, 40), start: number64(view, 48) };
}

/** Reads the directory (APPNOTE 6.3, one disk). @throws ZipError where it is damaged */
export function readMembers(directory: Uint8Array, count: number): ZipMember[] {
  const view = viewOf(directory);
  const members: ZipMember[] = [];
  let at = 0;
  while (members.length < count) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== MEMBER) throw new ZipError(damagedZip);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    );
    const extra = at + 46 + nameLength;
    if (extra + extraLength > view.byteLength) throw new ZipError(damagedZip);
    members.push({
      name: decodeName(directory.subarray(at + 46, extra)),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      ...sizes(view, at, extra, extra + extraLength),
    });
    at = extra + extraLength + commentLength;
  }
  return members;
}

/** Sizes and place of a member, from the field of large numbers where they do not fit the usual ones. */
function sizes(view: DataView, at: number, extra: number, end: number) {
  const small = [24, 20, 42].map((field) => view.getUint32(at + field, true));
  let large = small.includes(LARGE_32) ? largeField(view, extra, end) : end;
  const [size, packed, header] = small.map((value) => {
    if (value !== LARGE_32 || large + 8 > end) return value;
    large += 8;
    return number64(view, large - 8);
  });
  return { size, packed, header };
}

/** Where the large numbers begin among the extra fields; their end where there are none. */
function largeField(view: DataView, from: number, end: number): number {
  for (let at = from; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === 1) return at + 4;
  }
  return end;
}

/**
 * How far behind its local header a member's data begin.
 * @param header the first `HEADER_LENGTH` bytes of it
 */
export function headerLength(header: Uint8Array): number {
  const view = viewOf(header);
  if (view.byteLength < HEADER_LENGTH || view.getUint32(0, true) !== HEADER) throw new ZipError(damagedZip);
  return HEADER_LENGTH + view.getUint16(26, true) + view.getUint16(28, true);
}

/** UTF-8, as nearly all archives have it; else one letter a byte, so that different names stay different. */
function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Beyond 2^53 no file reaches: such a number is damage, and lies outside of every archive. */
const number64 = (view: DataView, at: number) => Number(view.getBigUint64(at, true));
