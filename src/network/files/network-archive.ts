import { assertUnpacks, unpack } from '../../codecs/zip/unpack';
import {
  damagedZip,
  findEnd,
  HEADER_LENGTH,
  headerLength,
  LARGE_END_LENGTH,
  LONGEST_END,
  readLargeEnd,
  readMembers,
  ZipError,
} from '../../codecs/zip/zip-format';
import { NetworkError } from '../network-errors';

export { damagedZip, isZip } from '../../codecs/zip/zip-format';

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

/** Numbers may be compressed, but not to less than this share of their size. */
const MOST_TIMES_PACKED = 20;

/**
 * Reads the directory of a zip archive that lies in memory.
 * @throws NetworkError where it is damaged
 */
export function openZip(bytes: Uint8Array<ArrayBuffer>): ZipArchive {
  const part = (start: number, end: number) => {
    if (end > bytes.length) throw new ZipError(damagedZip);
    return bytes.subarray(start, end);
  };
  const directory = () => {
    const end = findEnd(part(Math.max(0, bytes.length - LONGEST_END), bytes.length));
    const at = 'large' in end ? readLargeEnd(part(end.large, end.large + LARGE_END_LENGTH)) : end;
    return readMembers(part(at.start, at.start + at.length), at.count);
  };
  const members = new Map(asNetworkError(directory).map((member) => [member.name, member] as const));
  return {
    names: [...members.keys()].filter((name) => !name.endsWith('/')),
    has: (name) => members.has(name),
    async read(name, limit) {
      const member = members.get(name);
      if (!member) throw new NetworkError(`This archive has no "${name}".`);
      const { header, packed } = member;
      const data = asNetworkError(() => {
        assertUnpacks(member, { bytes: limit, times: MOST_TIMES_PACKED });
        const start = header + headerLength(part(header, header + HEADER_LENGTH));
        return part(start, start + packed);
      });
      return unpack(member, data).catch((error: unknown) => asNetworkError(() => rethrow(error)));
    },
  };
}

/** What is wrong with the archive is wrong with the network. */
function asNetworkError<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ZipError ? new NetworkError(error.message) : error;
  }
}

function rethrow(error: unknown): never {
  throw error;
}
