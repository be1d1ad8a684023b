import type { ByteSource } from './byte-source';

/** A field of a message of Protocol Buffers. */
export interface ProtobufField {
  number: number;
  wire: number;
  /** Of a varint. */
  value: number;
  /** Where the bytes of a field with a length lie. */
  start: number;
  length: number;
}

/** Longest tag and length together. */
const PREFIX = 20;

/**
 * The first fields of a message, the bytes between them passed over; null where it is no such message or breaks off.
 * @param most fields that are looked at: a description has few, a list of layers many
 */
export async function fieldsOf(
  source: ByteSource,
  most = 64,
  from = 0,
  end = source.size,
): Promise<ProtobufField[] | null> {
  const fields: ProtobufField[] = [];
  let at = from;
  while (at < end && fields.length < most) {
    const bytes =
      at + PREFIX <= source.head.length
        ? source.head.subarray(at, at + PREFIX)
        : await source.read(at, Math.min(end, at + PREFIX));
    const tag = varint(bytes, 0);
    if (!tag) return null;
    const [key, afterKey] = tag;
    const number = Math.floor(key / 8);
    const wire = key % 8;
    if (number === 0) return null;
    let value = 0;
    let length = 0;
    let start = at + afterKey;
    if (wire === 0 || wire === 2) {
      const read = varint(bytes, afterKey);
      if (!read) return null;
      value = read[0];
      start = at + read[1];
      if (wire === 2) length = value;
    } else if (wire === 1) length = 8;
    else if (wire === 5) length = 4;
    else return null;
    if (start + length > end) return null;
    fields.push({ number, wire, value, start, length });
    at = start + length;
  }
  return fields;
}

/** A number, and where the next byte lies. */
function varint(bytes: Uint8Array, at: number): [number, number] | null {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return [value, at + i + 1];
  }
  return null;
}
