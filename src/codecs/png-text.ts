import { InflateLimitError, inflatedWhole } from './inflate';
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
  const isDeflated = plain.length >= DEFLATE_FROM;
  const content = isDeflated ? await deflated(plain) : plain;
  const head = new TextEncoder().encode(`${keyword}\0`);
  const data = new Uint8Array(head.length + 4 + content.length);
  data.set(head);
  data[head.length] = isDeflated ? 1 : 0;
  // Compression method 0, no language, no translated keyword: three zero bytes.
  data.set(content, head.length + 4);
  return { type: 'iTXt', data };
}

/** Keyword of an iTXt chunk. */
export function chunkKeyword(chunk: PngChunk): string {
  return new TextDecoder('latin1').decode(chunk.data.subarray(0, chunk.data.indexOf(0)));
}

/** Most bytes of a text: an analysis without its maps takes some hundred thousand. */
const MOST_BYTES = 64 * 2 ** 20;

/**
 * Text of an iTXt chunk, inflated where it is deflated.
 * @param most bytes it may have when it is inflated
 * @throws PngError where it is damaged, or longer
 */
export async function chunkText({ data }: PngChunk, most = MOST_BYTES): Promise<string> {
  const flag = data.indexOf(0) + 1;
  const language = data.indexOf(0, flag + 2);
  const translated = data.indexOf(0, language + 1);
  if (flag === 0 || language < 0 || translated < 0)
    throw new PngError('An iTXt chunk of this PNG file is damaged.');
  const content = data.subarray(translated + 1);
  if (data[flag] === 0) return new TextDecoder().decode(content);
  const named = `The compressed text "${chunkKeyword({ type: 'iTXt', data })}" of this PNG file`;
  try {
    return await (await inflatedWhole(new Uint8Array(content), 'deflate', most)).text();
  } catch (error) {
    if (!(error instanceof InflateLimitError)) throw new PngError(`${named} is damaged.`);
    throw new PngError(
      `${named} unpacks to more than ${Math.round(most / 2 ** 20)} MB: it is damaged, or made to fill the memory.`,
    );
  }
}

async function deflated(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const written = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(written).arrayBuffer());
}
