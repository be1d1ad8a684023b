import { crc32 } from '../../crc32';
import { NetworkError } from './errors';

/** A file in a zip archive. */
interface ZipMember {
  name: string;
  method: number;
  encrypted: boolean;
  crc: number;
  packed: number;
  size: number;
  /** Where its local header lies. */
  header: number;
}

/** The files in a zip archive by name, unpacked when they are asked for. */
export interface ZipArchive {
  /** Of its files, folders left out. */
  readonly names: readonly string[];
  has(name: string): boolean;
  /**
   * A view of the archive where the file is stored as it is.
   * @param limit most bytes it may have when unpacked
   * @throws NetworkError where it is damaged, too long, or packed in an unusual way
   */
  read(name: string, limit: number): Promise<Uint8Array<ArrayBuffer>>;
}

const END = 0x06054b50;
const MEMBER = 0x02014b50;
const HEADER = 0x04034b50;
const END_LENGTH = 22;
const LONGEST_COMMENT = 0xffff;

/** Numbers may be compressed, but an archive that promises more than this many times its size lies. */
const MOST_TIMES_PACKED = 20;

export const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b;

export const damagedZip = 'This archive is damaged or cut off. Save or download it again.';

/**
 * Reads the directory of a zip archive (APPNOTE 6.3, without encryption, several disks, and sizes from 4 GB).
 * @throws NetworkError where it is damaged
 */
export function openZip(bytes: Uint8Array<ArrayBuffer>): ZipArchive {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const members = new Map(
    inBounds(() => directory(view, bytes)).map((member) => [member.name, member] as const),
  );
  return {
    names: [...members.keys()].filter((name) => !name.endsWith('/')),
    has: (name) => members.has(name),
    async read(name, limit) {
      const member = members.get(name);
      if (!member) throw new NetworkError(`This archive has no "${name}".`);
      if (member.encrypted || (member.method !== 0 && member.method !== 8)) {
        throw new NetworkError(`"${name}" in this archive is encrypted or packed in an unusual way.`);
      }
      if (member.size > limit || member.size > MOST_TIMES_PACKED * member.packed + 1e6) {
        throw new NetworkError(
          `"${name}" in this archive would unpack from ${member.packed} to ${member.size} bytes. It is damaged, or made to fill the memory.`,
        );
      }
      const packed = inBounds(() => packedBytes(view, bytes, member));
      const unpacked = member.method === 0 ? packed : await inflated(packed, member);
      if (unpacked.length !== member.size || crc32(unpacked) !== member.crc) {
        throw new NetworkError(`"${name}" in this archive does not match its checksum: the file is damaged.`);
      }
      return unpacked;
    },
  };
}

/** Turns an offset outside of the file into the sentence for it. */
function inBounds<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new NetworkError(damagedZip);
    throw error;
  }
}

function directory(view: DataView, bytes: Uint8Array): ZipMember[] {
  const end = endOfDirectory(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  return Array.from({ length: count }, () => {
    if (view.getUint32(at, true) !== MEMBER) throw new NetworkError(damagedZip);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    );
    const member = {
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      header: view.getUint32(at + 42, true),
    };
    at += 46 + nameLength + extraLength + commentLength;
    return member;
  });
}

/** Where the end record lies, in front of a comment of unknown length. */
function endOfDirectory(view: DataView): number {
  const last = view.byteLength - END_LENGTH;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw new NetworkError(damagedZip);
}

function packedBytes(view: DataView, bytes: Uint8Array<ArrayBuffer>, member: ZipMember) {
  const { header, packed } = member;
  if (view.getUint32(header, true) !== HEADER) throw new NetworkError(damagedZip);
  const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  if (start + packed > bytes.length) throw new NetworkError(damagedZip);
  return bytes.subarray(start, start + packed);
}

/** Unpacks, and stops at the first byte beyond the size that the directory tells. */
async function inflated(
  packed: Uint8Array<ArrayBuffer>,
  { size }: ZipMember,
): Promise<Uint8Array<ArrayBuffer>> {
  const unpacked = new Uint8Array(size);
  let length = 0;
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (length + next.value.length > size) throw new NetworkError(damagedZip);
      unpacked.set(next.value, length);
      length += next.value.length;
    }
  } catch (error) {
    throw error instanceof NetworkError ? error : new NetworkError(damagedZip);
  } finally {
    await reader.cancel().catch(() => {});
  }
  return unpacked.subarray(0, length);
}
