import { inflatedStart } from '../inflate';
import { unpack } from './unpack';
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
  type ZipMember,
} from './zip-format';

/** Most bytes of a directory: beyond ten million files. */
const LONGEST_DIRECTORY = 2 ** 30;

/**
 * The members of an archive of any size: only its directory is read.
 * @throws ZipError where it is damaged
 */
export async function membersOf(archive: Blob): Promise<ZipMember[]> {
  const end = findEnd(await bytesOf(archive, Math.max(0, archive.size - LONGEST_END), archive.size));
  const directory =
    'large' in end ? readLargeEnd(await bytesOf(archive, end.large, end.large + LARGE_END_LENGTH)) : end;
  if (directory.length > LONGEST_DIRECTORY) throw new ZipError(damagedZip);
  const bytes = await bytesOf(archive, directory.start, directory.start + directory.length);
  return readMembers(bytes, directory.count);
}

/** One member, read from where it lies in the archive and unpacked. @throws ZipError where it is damaged */
export async function readMember(archive: Blob, member: ZipMember): Promise<Uint8Array<ArrayBuffer>> {
  const { header, packed } = member;
  const start = header + headerLength(await bytesOf(archive, header, header + HEADER_LENGTH));
  return unpack(member, await bytesOf(archive, start, start + packed));
}

/**
 * The first bytes of a member, however long it is: enough to tell what it is.
 * @returns null where it is encrypted or packed in an unusual way
 * @throws ZipError where the archive is damaged
 */
export async function startOfMember(
  archive: Blob,
  { header, packed, method, encrypted }: ZipMember,
  length: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (encrypted || (method !== 0 && method !== 8)) return null;
  const start = header + headerLength(await bytesOf(archive, header, header + HEADER_LENGTH));
  const content = archive.slice(start, start + packed);
  if (method === 8) return inflatedStart(content, 'deflate-raw', length);
  return new Uint8Array(await content.slice(0, length).arrayBuffer());
}

/** @throws ZipError where the archive ends before `end` */
async function bytesOf(archive: Blob, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  if (end > archive.size) throw new ZipError(damagedZip);
  return new Uint8Array(await archive.slice(start, end).arrayBuffer());
}
