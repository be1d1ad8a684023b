import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startHash } from './file-hash';
import { filesOfBlobs, readInPieces } from './network-files';
import { copyRuns, FileInPieces, wholeRuns } from './stored-bytes';

const KIBIBYTE = 2 ** 10;
const MEBIBYTE = 2 ** 20;
const options = { signal: new AbortController().signal, onBytes() {} };

/** Bytes that differ from piece to piece. */
function numbered(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = i * 31 + (i >> 16);
  return bytes;
}

/** A file as it comes from a server, in chunks of no even size. */
function fileOf(bytes: Uint8Array): FileInPieces {
  const file = new FileInPieces();
  for (let place = 0; place < bytes.length; place += 999_983) {
    file.append(Uint8Array.from(bytes.subarray(place, place + 999_983)));
  }
  return file;
}

// Node has it from version 22 on.
Object.getPrototypeOf(new ArrayBuffer(0)).transfer ??= function (this: ArrayBuffer, length: number) {
  structuredClone(this, { transfer: [this] });
  return new ArrayBuffer(length);
};

describe('a file in pieces', () => {
  const bytes = numbered(9 * MEBIBYTE + 5);
  const { whole } = fileOf(bytes);

  it.each([
    ['in one piece', 10, 5 * 10 ** 5],
    ['over the edge of one', 4 * MEBIBYTE - 70_001, 4 * MEBIBYTE + 3],
    ['over three', 1, 9 * MEBIBYTE],
    ['at the end', 9 * MEBIBYTE - 1, 9 * MEBIBYTE + 5],
    ['of nothing', 4 * MEBIBYTE, 4 * MEBIBYTE],
  ])('has the bytes of a part %s', (_, from, to) => {
    const part = whole.part(from, to);
    expect(part.length).toBe(to - from);
    expect(Buffer.compare(part.bytes(), bytes.subarray(from, to))).toBe(0);
    for (const place of [0, part.length - 1].filter((at) => at >= 0 && at < part.length)) {
      expect(part.at(place)).toBe(bytes[from + place]);
    }
    const inner = part.part(Math.min(2, part.length), part.length);
    expect(Buffer.compare(inner.bytes(), bytes.subarray(from, to).subarray(2))).toBe(0);
  });

  const few = numbered(9 * KIBIBYTE + 5);
  /** In pieces of four kilobytes. */
  const small = () => {
    const file = new FileInPieces(4 * KIBIBYTE);
    file.append(few);
    return file.whole;
  };

  it('has its runs one behind the other, and those of whole numbers put together at the edges', () => {
    // Neither the start nor the edges of the pieces are at a whole number.
    const part = small().part(3, 9 * KIBIBYTE + 3);
    const expected = few.subarray(3, 9 * KIBIBYTE + 3);
    expect(Buffer.compare(Buffer.concat([...part.runs()]), expected)).toBe(0);
    const runs = [...wholeRuns(part, 8)];
    expect(runs.every(({ length }) => length % 8 === 0)).toBe(true);
    expect(Buffer.compare(Buffer.concat(runs), expected)).toBe(0);
    const numbers = new Float32Array((9 * KIBIBYTE) / 4);
    copyRuns(part, numbers);
    expect(Buffer.compare(Buffer.from(numbers.buffer), expected)).toBe(0);
    expect(
      [
        ...small()
          .part(4 * KIBIBYTE, 4 * KIBIBYTE)
          .runs(),
      ].flatMap((run) => [...run]),
    ).toEqual([]);
  });

  it('lets each piece go with its run, and its memory too, where nobody else reads it', () => {
    const file = small();
    const [large, beside] = [file.part(0, 9 * KIBIBYTE), file.part(5 * KIBIBYTE, 6 * KIBIBYTE)];
    for (const part of [large, beside]) part.hold();
    large.letGoAsRead(true);
    const seen: ArrayBuffer[] = [];
    for (const run of large.runs()) {
      // All before are gone but for the second, which is to be read once more.
      expect(seen.map(({ byteLength }) => byteLength)).toEqual([0, 4 * KIBIBYTE].slice(0, seen.length));
      seen.push(run.buffer);
    }
    expect(seen).toHaveLength(3);
    large.letGo(true);
    expect(Buffer.compare(beside.bytes(), few.subarray(5 * KIBIBYTE, 6 * KIBIBYTE))).toBe(0);
    beside.letGo(true);
    expect(() => beside.bytes()).toThrow('was let go');
  });

  it('holds more than was said', () => {
    const file = new FileInPieces();
    file.append(numbered(100), 100);
    file.append(Uint8Array.of(1, 2, 3), -50);
    expect([...file.whole.bytes().subarray(98)]).toEqual([...numbered(100).subarray(98), 1, 2, 3]);
  });

  it('lets a piece go with the last part that lies in it, and no other', () => {
    const file = fileOf(bytes).whole;
    const [first, beside, last] = [
      file.part(0, 5 * MEBIBYTE),
      file.part(5 * MEBIBYTE, 6 * MEBIBYTE),
      file.part(8 * MEBIBYTE, 9 * MEBIBYTE),
    ];
    for (const part of [first, beside, last]) part.hold();
    first.letGo(false);
    expect(() => file.part(0, MEBIBYTE).bytes()).toThrow('was let go');
    expect(beside.bytes()).toHaveLength(MEBIBYTE);
    beside.letGo(false);
    expect(() => beside.bytes()).toThrow('was let go');
    expect(last.bytes()).toHaveLength(MEBIBYTE);
  });
});

describe('a file is read in pieces', () => {
  const bytes = numbered(5 * MEBIBYTE);
  const { main } = filesOfBlobs([{ path: 'a.onnx', blob: new Blob([bytes]) }], 'a.onnx');

  it('with the checksum of the whole', async () => {
    const hash = startHash();
    const found = await readInPieces([main], options, hash, null);
    expect(Buffer.compare(found.bytes(), bytes)).toBe(0);
    expect(await hash.digest()).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('whatever is more than the browser hashes at once', async () => {
    const hash = startHash();
    const expected = createHash('sha256');
    for (let i = 0; i < 4; i++) {
      await hash.update(bytes);
      expected.update(bytes);
    }
    expect(await hash.digest()).toBe(expected.digest('hex'));
  });

  it.each([
    [MEBIBYTE, `are more bytes long instead of ${MEBIBYTE}`],
    [6 * MEBIBYTE, `are only ${5 * MEBIBYTE} bytes long instead of ${6 * MEBIBYTE}`],
  ])('and refused where it is not as long as was said: %s', async (size, sentence) => {
    await expect(readInPieces([main], options, startHash(), size)).rejects.toThrow(sentence);
  });
});
