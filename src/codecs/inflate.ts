import { counted } from '../text/counted';
/** A stream that unpacks to more than it may. */
export class InflateLimitError extends Error {
  override name = 'InflateLimitError';
}

/**
 * Packed bytes that are handed over at once. A browser unpacks all that it is given before anything of it is read: of 16 kB
 * come at most 17 MB, since no byte of deflate holds more than 1032.
 */
const PIECE = 16 * 1024;
/** Unpacked bytes after which other work of the thread gets its turn. */
const PAUSE = 4 * 2 ** 20;

/**
 * Unpacks in pieces, and gives up at the first byte too many.
 * @param packed is not copied
 * @param most bytes that may come of it
 * @throws InflateLimitError beyond `most`; TypeError where the stream is damaged
 */
export async function* inflated(
  packed: Uint8Array<ArrayBuffer> | Blob,
  format: CompressionFormat,
  most: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const size = packed instanceof Blob ? packed.size : packed.length;
  let at = 0;
  const pieces = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const end = Math.min(size, at + PIECE);
        const piece =
          packed instanceof Blob
            ? new Uint8Array(await packed.slice(at, end).arrayBuffer())
            : packed.slice(at, end);
        at = end;
        if (piece.length > 0) controller.enqueue(piece);
        if (at >= size) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const reader = pieces.pipeThrough(new DecompressionStream(format)).getReader();
  let length = 0;
  let sincePause = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.length;
      if (length > most) throw new InflateLimitError(`This unpacks to more than ${counted(most, 'byte')}.`);
      yield next.value as Uint8Array<ArrayBuffer>;
      sincePause += next.value.length;
      if (sincePause < PAUSE) continue;
      sincePause = 0;
      await otherWork();
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Lets other work of the thread have its turn; unlike a timer also in a tab that nobody looks at. */
function otherWork(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** All that comes of packed bytes. @throws as {@link inflated} */
export async function inflatedWhole(
  packed: Uint8Array<ArrayBuffer> | Blob,
  format: CompressionFormat,
  most: number,
): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const part of inflated(packed, format, most)) parts.push(part);
  return new Blob(parts);
}

/** The first `length` bytes that come of packed ones; fewer where there are no more, or where it is damaged behind them. */
export async function inflatedStart(
  packed: Uint8Array<ArrayBuffer> | Blob,
  format: CompressionFormat,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const start = new Uint8Array(length);
  let at = 0;
  try {
    for await (const part of inflated(packed, format, Number.POSITIVE_INFINITY)) {
      const taken = part.subarray(0, length - at);
      start.set(taken, at);
      at += taken.length;
      if (at === length) break;
    }
  } catch {
    // Who asks for the start only wants to know what it is.
  }
  return start.subarray(0, at);
}
