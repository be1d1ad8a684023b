import { crc32 } from '../crc32';
import { inflated } from '../inflate';
import { damagedZip, ZipError, type ZipMember } from './zip-format';

export interface UnpackLimits {
  /** Most bytes a file may have. */
  bytes: number;
  /** An archive that promises more than this many times its size, and a megabyte, lies. */
  times: number;
}

/**
 * Says what keeps a member from being unpacked.
 * @throws ZipError where it is encrypted, packed in an unusual way, or too large for its packed bytes
 */
export function assertUnpacks({ name, encrypted, method, packed, size }: ZipMember, limits: UnpackLimits) {
  if (encrypted || (method !== 0 && method !== 8)) {
    throw new ZipError(`"${name}" in this archive is encrypted or packed in an unusual way.`);
  }
  if (size > limits.bytes || size > limits.times * packed + 1e6) {
    throw new ZipError(
      `"${name}" in this archive would unpack from ${packed} to ${size} bytes. It is damaged, or made to fill the memory.`,
    );
  }
}

/**
 * The bytes of a member, as they are where it is stored.
 * @param packed its bytes in the archive
 * @throws ZipError where they are damaged
 */
export async function unpack(
  member: ZipMember,
  packed: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = member.method === 0 ? packed : await unpacked(packed, member);
  if (bytes.length !== member.size || crc32(bytes) !== member.crc) {
    throw new ZipError(`"${member.name}" in this archive does not match its checksum: the file is damaged.`);
  }
  return bytes;
}

/** Unpacks, and stops at the first byte beyond the size that the directory tells. */
async function unpacked(
  packed: Uint8Array<ArrayBuffer>,
  { size }: ZipMember,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(size);
  let length = 0;
  try {
    for await (const part of inflated(packed, 'deflate-raw', size)) {
      bytes.set(part, length);
      length += part.length;
    }
  } catch {
    throw new ZipError(damagedZip);
  }
  return bytes.subarray(0, length);
}
