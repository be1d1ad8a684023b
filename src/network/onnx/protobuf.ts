import { bytesInMemory, type StoredBytes } from '../files/stored-bytes';
import { NetworkError } from '../network-errors';

/** One field of a message; what its value means depends on the message. */
export type Field =
  | { readonly number: number; readonly wire: 'varint'; readonly value: bigint }
  | { readonly number: number; readonly wire: 'fixed32' | 'fixed64' | 'bytes'; readonly value: StoredBytes };

/** The sentence for a file that no protocol buffer writer made. */
export const damaged = (what: string) =>
  new NetworkError(`This file is no ONNX network, or it is damaged: ${what}.`);

/**
 * The fields of a message in the wire format of protocol buffers, one after the other; values are views, never copies.
 * Source: protobuf.dev, Encoding.
 * @throws NetworkError where a field does not end inside the message
 */
export function* fieldsOf(message: StoredBytes): Generator<Field> {
  const reader = new Cursor(message);
  while (!reader.atEnd) {
    const tag = Number(reader.varint());
    const number = Math.floor(tag / 8);
    if (number < 1 || number >= 2 ** 29) throw damaged(`a field has the number ${number}`);
    switch (tag % 8) {
      case 0:
        yield { number, wire: 'varint', value: reader.varint() };
        break;
      case 1:
        yield { number, wire: 'fixed64', value: reader.bytes(8) };
        break;
      case 2:
        yield { number, wire: 'bytes', value: reader.bytes(Number(reader.varint())) };
        break;
      case 5:
        yield { number, wire: 'fixed32', value: reader.bytes(4) };
        break;
      default:
        throw damaged(`a field is of wire type ${tag % 8}`);
    }
  }
}

/** Numbers that stand one behind the other, as packed repeated fields hold them. */
export function* varintsOf(bytes: StoredBytes): Generator<bigint> {
  const reader = new Cursor(bytesInMemory(bytes.bytes()));
  while (!reader.atEnd) yield reader.varint();
}

/** How many numbers {@link varintsOf} gives. */
export function countVarints(bytes: StoredBytes): number {
  let count = 0;
  for (const byte of bytes.bytes()) if (byte < 0x80) count++;
  return count;
}

/** A number from 0 to 2^64 - 1 as bytes. */
export function varint(value: bigint): StoredBytes {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    const low = Number(rest & 0x7fn);
    if (rest < 0x80n) return bytesInMemory(Uint8Array.of(...bytes, low));
    bytes.push(low | 0x80);
  }
}

class Cursor {
  private place = 0;

  constructor(private readonly from: StoredBytes) {}

  get atEnd() {
    return this.place >= this.from.length;
  }

  /** @returns 0 to 2^64 - 1 */
  varint(): bigint {
    let low = 0;
    // Nearly all are short: seven bits at a time in a number, the rest in a bigint.
    for (let i = 0; i < 4; i++) {
      const byte = this.byte();
      low += (byte & 0x7f) * 128 ** i;
      if (byte < 0x80) return BigInt(low);
    }
    let value = BigInt(low);
    for (let i = 4; i < 10; i++) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << BigInt(7 * i);
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw damaged('a number has no end');
  }

  bytes(length: number): StoredBytes {
    if (!(length <= this.from.length - this.place)) throw damaged('it ends in the middle of a field');
    this.place += length;
    return this.from.part(this.place - length, this.place);
  }

  private byte(): number {
    if (this.atEnd) throw damaged('it ends in the middle of a number');
    return this.from.at(this.place++);
  }
}
