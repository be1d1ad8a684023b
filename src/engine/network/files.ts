import { NetworkError } from './errors';

/** One file of a network, read when it is needed. */
export interface NetworkFile {
  /** Name with its folders, as it came. */
  readonly path: string;
  /** Bytes, where they are known before reading. */
  readonly size: number | null;
  /** The file itself, where it lies on this machine: parts of it can be read. */
  readonly blob?: Blob;
  /** @throws NetworkError where the file cannot be had */
  open(signal: AbortSignal): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
}

/** The files of one network: the one that describes it, and those it names. */
export interface NetworkFiles {
  readonly main: NetworkFile;
  /**
   * A file that the main one names, relative to it.
   * @throws NetworkError where it is not there, or lies outside of the network's own folder
   */
  beside(path: string): NetworkFile;
  /** A file that may lie beside the main one; null where it does not, or where it would take a request to tell. */
  find(path: string): NetworkFile | null;
}

export interface ReadOptions {
  signal: AbortSignal;
  /** Rows and columns of the pictures, where the file leaves them open and computes with them. */
  size?: number;
  /** Bytes read so far, of how many; null while the size is not known. */
  onBytes(read: number, total: number | null): void;
}

/** Files under the address of a network on the web or beside the page. */
export function filesAtAddress(address: string): NetworkFiles {
  const fileAt = (url: URL): NetworkFile => ({
    path: url.pathname,
    size: null,
    async open(signal) {
      let response: Response;
      try {
        response = await fetch(url, { signal });
      } catch (error) {
        if (signal.aborted) throw error;
        throw new NetworkError(
          `${url.host} does not let other pages read ${url.pathname} (CORS), or cannot be reached. Save the model's files and drop them here instead.`,
        );
      }
      if (!response.ok || !response.body) {
        throw new NetworkError(`${url.pathname} could not be loaded (HTTP ${response.status}).`);
      }
      return response.body as ReadableStream<Uint8Array<ArrayBuffer>>;
    },
  });
  const base = new URL(address, self.location.href);
  return {
    main: fileAt(base),
    beside: (path) => fileAt(new URL(ownPath(path), base)),
    find: () => null,
  };
}

/** Files dropped or picked together; a folder's files bear its name in their paths. */
export function filesOfBlobs(files: readonly { path: string; blob: Blob }[], main: string): NetworkFiles {
  const fileOf = ({ path, blob }: { path: string; blob: Blob }): NetworkFile => ({
    path,
    size: blob.size,
    blob,
    open: async () => blob.stream() as ReadableStream<Uint8Array<ArrayBuffer>>,
  });
  return filesByPath(
    files.map(fileOf),
    main,
    'which is not among the files. Drop all files of the model together, or their folder',
  );
}

/**
 * Files that are all there, `main` among them.
 * @param absent ends the sentence about one that is not
 */
export function filesByPath(files: readonly NetworkFile[], main: string, absent: string): NetworkFiles {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const mainFile = byPath.get(main);
  if (!mainFile) throw new NetworkError(`${main} is not among the files.`);
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const find = (path: string) => byPath.get(`${folder}${ownPath(path)}`) ?? null;
  return {
    main: mainFile,
    find,
    beside(path) {
      const found = find(path);
      if (!found) throw new NetworkError(`${nameOf(main)} refers to ${path}, ${absent}.`);
      return found;
    },
  };
}

/** The last part of a path. */
export const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

function ownPath(path: string): string {
  if (typeof path !== 'string' || /^[a-z][a-z0-9+.-]*:|^[/\\]|(^|[/\\])\.\.([/\\]|$)/i.test(path)) {
    throw new NetworkError(`The model refers to "${path}", which lies outside of its own folder.`);
  }
  return path;
}

/**
 * The bytes of several files, one behind the other.
 * @param expected their size all together; the first byte too many ends the reading
 * @throws NetworkError where they are shorter or longer
 */
export async function readJoined(
  files: readonly NetworkFile[],
  expected: number,
  { signal, onBytes }: ReadOptions,
): Promise<ArrayBuffer> {
  const bytes = allocate(expected);
  let read = 0;
  for (const file of files) {
    for await (const chunk of chunksOf(file, signal)) {
      if (read + chunk.length > expected) throw wrongSize(files, 'more', expected);
      bytes.set(chunk, read);
      read += chunk.length;
      onBytes(read, expected);
    }
  }
  if (read < expected) throw wrongSize(files, `only ${read}`, expected);
  return bytes.buffer;
}

/** All bytes of a file, whatever its size. @throws NetworkError where memory does not hold them */
export async function readWhole(file: NetworkFile, options: ReadOptions): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size !== null) return new Uint8Array(await readJoined([file], file.size, options));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let read = 0;
  for await (const chunk of chunksOf(file, options.signal)) {
    read += chunk.length;
    parts.push(chunk);
    options.onBytes(read, null);
  }
  const bytes = allocate(read);
  for (let place = 0; parts.length > 0; ) {
    const part = parts.shift() as Uint8Array;
    bytes.set(part, place);
    place += part.length;
  }
  return bytes;
}

const wrongSize = (files: readonly NetworkFile[], read: string, expected: number) =>
  new NetworkError(
    `The weights (${files.map(({ path }) => nameOf(path)).join(', ')}) are ${read} bytes long instead of ${expected}: a file is missing, cut off or of another model.`,
  );

/** A small file as text. @throws NetworkError beyond `limit` bytes */
export async function readText(file: NetworkFile, limit: number, signal: AbortSignal): Promise<string> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let read = 0;
  for await (const chunk of chunksOf(file, signal)) {
    read += chunk.length;
    if (read > limit) {
      throw new NetworkError(
        `${nameOf(file.path)} is over ${limit / 1e6} MB, too long to describe a network.`,
      );
    }
    parts.push(chunk);
  }
  return new Blob(parts).text();
}

async function* chunksOf(file: NetworkFile, signal: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = (await file.open(signal)).getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      signal.throwIfAborted();
      yield next.value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function allocate(bytes: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch {
    throw new NetworkError(
      `The weights take ${Math.round(bytes / 1e6)} MB, more than this browser gives a page at once.`,
    );
  }
}
