import { type PngChunk, PngError } from './png-chunks';

/** Bytes from which a text is stored deflated: below, the zlib frame eats what it saves. */
const DEFLATE_FROM = 1024;

/**
 * An iTXt chunk: keyword, NUL, compression flag, method, language, NUL, translated keyword, NUL, UTF-8 text.
 * Keywords are Latin-1, 1 to 79 bytes.
 */
export async function textChunk(keyword: string, text: string): Promise<PngChunk> {
  if (!/^[\x21-\x7e](?:[\x20-\x7e]{0,77}[\x21-\x7e])?$/.test(keyword)) {
    throw new RangeError(`"${keyword}" is no PNG keyword: 1 to 79 printable ASCII characters.`);
  }
  const plain = new TextEncoder().encode(text);
  const deflated = plain.length >= DEFLATE_FROM;
  const content = deflated ? await through(plain, new CompressionStream('deflate')) : plain;
  const head = new TextEncoder().encode(`${keyword}\0`);
  const data = new Uint8Array(head.length + 4 + content.length);
  data.set(head);
  data[head.length] = deflated ? 1 : 0;
  // Compression method 0, no language, no translated keyword: three zero bytes.
  data.set(content, head.length + 4);
  return { type: 'iTXt', data };
}

/** Keyword of an iTXt chunk. */
export function chunkKeyword(chunk: PngChunk): string {
  return new TextDecoder('latin1').decode(chunk.data.subarray(0, chunk.data.indexOf(0)));
}

/** Text of an iTXt chunk, inflated where it is deflated. */
export async function chunkText({ data }: PngChunk): Promise<string> {
  const flag = data.indexOf(0) + 1;
  const language = data.indexOf(0, flag + 2);
  const translated = data.indexOf(0, language + 1);
  if (flag === 0 || language < 0 || translated < 0)
    throw new PngError('An iTXt chunk of this PNG file is damaged.');
  const content = data.subarray(translated + 1);
  if (data[flag] === 0) return new TextDecoder().decode(content);
  try {
    return new TextDecoder().decode(await through(content, new DecompressionStream('deflate')));
  } catch {
    throw new PngError(
      `The compressed text "${chunkKeyword({ type: 'iTXt', data })}" of this PNG file is damaged.`,
    );
  }
}

async function through(
  bytes: Uint8Array,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const written = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(written).arrayBuffer());
}
