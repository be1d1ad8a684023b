/** What is looked at in a file: its beginning, and any other place when it is needed. */
export interface ByteSource {
  /** The first bytes, at most `HEAD` of them. */
  readonly head: Uint8Array<ArrayBuffer>;
  /** All bytes of the file. */
  readonly size: number;
  /** Bytes from `start` up to `end`, fewer where the file ends before. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Of a file's beginning: headers, and the first fields of a description, lie within it. */
export const HEAD = 64 * 1024;

export async function sourceOfBlob(blob: Blob): Promise<ByteSource> {
  const read = async (start: number, end: number) =>
    new Uint8Array(await blob.slice(start, end).arrayBuffer());
  return { head: await read(0, HEAD), size: blob.size, read };
}

/** The beginning of a file whose other places cannot be reached, as in an archive. */
export const sourceOfHead = (head: Uint8Array<ArrayBuffer>, size: number): ByteSource => ({
  head,
  size,
  read: async (start, end) => head.slice(start, end),
});

/** Bytes as one letter each. */
export const ascii = (bytes: Uint8Array, start: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(start, start + length));

/** Whether bytes begin as given, in hexadecimal or as letters. */
export function startsWith(bytes: Uint8Array, start: string | readonly number[], at = 0): boolean {
  const wanted = typeof start === 'string' ? [...start].map((letter) => letter.charCodeAt(0)) : start;
  return bytes.length >= at + wanted.length && wanted.every((byte, i) => bytes[at + i] === byte);
}
