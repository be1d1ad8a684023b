/** Fields of a message, in the order in which they are written. */
export type Fields = readonly (readonly [number: number, value: Uint8Array | string | number | bigint])[];

const encoder = new TextEncoder();

/**
 * A message in the wire format of protocol buffers: bytes and texts by their length, numbers as varints.
 * Source: protobuf.dev, Encoding.
 */
export function message(fields: Fields): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  for (const [number, value] of fields) {
    if (typeof value === 'number' || typeof value === 'bigint') {
      parts.push(varint(BigInt(number) * 8n), varint(BigInt(value)));
    } else {
      const bytes = typeof value === 'string' ? encoder.encode(value) : value;
      parts.push(varint(BigInt(number) * 8n + 2n), varint(BigInt(bytes.length)), bytes);
    }
  }
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

/** Seven bits a byte, the lowest first; negative numbers as 64 bits. */
export function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return Uint8Array.from([...bytes, Number(rest)]);
}

/** A field of four bytes, a float32. */
export function floatField(number: number, value: number): Uint8Array {
  const bytes = new Uint8Array(5);
  bytes[0] = number * 8 + 5;
  new DataView(bytes.buffer).setFloat32(1, value, true);
  return bytes;
}
