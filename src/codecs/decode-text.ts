/** How the letters of a text are written. */
type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * UTF-16 where a text begins as such (as Windows' shell writes lists), else UTF-8 where it is, else the letters of old Windows, for
 * which any bytes can be taken.
 */
export function encodingOf(bytes: Uint8Array): Encoding {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** The text that bytes hold, however its letters are written; without its byte order mark. */
export const decodedText = (bytes: Uint8Array): string => new TextDecoder(encodingOf(bytes)).decode(bytes);

/** The text in a file. */
export const textOfBlob = async (blob: Blob): Promise<string> =>
  decodedText(new Uint8Array(await blob.arrayBuffer()));
