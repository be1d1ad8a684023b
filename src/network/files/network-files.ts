import { textOfBlob } from '../../codecs/decode-text';
import { NetworkError } from '../network-errors';
import type { FileHash } from './file-hash';
import { FileInPieces, type StoredBytes } from './stored-bytes';

/** One file of a network, read when it is needed. */
export interface NetworkFile {
  /** Name with its folders, as it came. */
  readonly path: string;
  /** Bytes, where they are known before reading. */
  readonly size: number | null;
  /** The file itself, where it lies on this machine: parts of it can be read. */
  readonly blob?: Blob;
  /** @throws NetworkError where the file cannot be had */
  open(signal: AbortSignal): Promise<OpenedFile>;
}

export interface OpenedFile {
  readonly stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Bytes that are to come, as far as anybody says; a server that packs its answers tells the size of the packed ones. */
  readonly announced: number | null;
}

/** The files of one network: the one that describes it, and those it names. */
export interface NetworkFiles {
  readonly main: NetworkFile;
  /**
   * A file that the main one names, relative to it. Among files that were dropped, a copy that a browser has numbered counts too,
   * "model.onnx (1).data" for "model.onnx.data", where only one can be meant.
   * @param size bytes it must have, where that is known: tells which of several is meant, or one under another name
   * @throws NetworkError where it is not there, or lies outside of the network's own folder
   */
  beside(path: string, size?: number): NetworkFile;
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
      const announced = Number(response.headers.get('Content-Length') ?? Number.NaN);
      return {
        stream: response.body as ReadableStream<Uint8Array<ArrayBuffer>>,
        announced: Number.isSafeInteger(announced) && announced > 0 ? announced : null,
      };
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
    open: async () => openedBlob(blob),
  });
  return filesByPath(
    files.map(fileOf),
    main,
    'which is not among the files. Drop all files of the model together, or their folder',
  );
}

export const openedBlob = (blob: Blob): OpenedFile => ({
  stream: blob.stream() as ReadableStream<Uint8Array<ArrayBuffer>>,
  announced: blob.size,
});

/**
 * Files that are all there, `main` among them.
 * @param absent ends the sentence about one that is not
 */
export function filesByPath(files: readonly NetworkFile[], main: string, absent: string): NetworkFiles {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const mainFile = byPath.get(main);
  if (!mainFile) throw new NetworkError(`${main} is not among the files.`);
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const others = files.filter(({ path }) => path !== main && path.startsWith(folder));
  const find = (path: string) => {
    const exact = byPath.get(`${folder}${ownPath(path)}`);
    const [copy, another] = exact ? [] : copiesOf(path, main, others);
    return exact ?? (another ? null : (copy ?? null));
  };
  return {
    main: mainFile,
    find,
    beside(path, size) {
      const named = isAbsolute(path) ? nameIn(path) : path;
      const exact = byPath.get(`${folder}${ownPath(named)}`);
      if (
        exact &&
        (isNumbered(main) === isNumbered(exact.path) || size === undefined || exact.size === size)
      ) {
        return exact;
      }
      const copies = copiesOf(named, main, others);
      const fitting = size === undefined ? copies : copies.filter((file) => (file.size ?? size) === size);
      if (fitting.length === 1) return fitting[0];
      if (exact) return exact;
      if (fitting.length > 1) {
        const names = fitting.map((file) => nameOf(file.path)).join(', ');
        throw new NetworkError(
          `${nameOf(main)} refers to ${named}, and it cannot be told which of ${names} that is. Leave out the others.`,
        );
      }
      const sized = size === undefined || isAbsolute(path) ? [] : others.filter((file) => file.size === size);
      if (sized.length === 1) return sized[0];
      // The folder of whoever wrote it is nobody's business.
      if (isAbsolute(path)) throw outside(named);
      throw new NetworkError(`${nameOf(main)} refers to ${named}, ${absent}.`);
    },
  };
}

/** " (1)", as browsers number a file whose name is taken: at the end, or before any ending. */
const NUMBER = / ?\((\d{1,3})\)(?=\.|$)/g;

const isNumbered = (path: string) => nameOf(path).search(NUMBER) >= 0;
const withoutNumbers = (path: string) => path.replace(NUMBER, '');
const numbersIn = (path: string) => Array.from(nameOf(path).matchAll(NUMBER), ([, number]) => number).join();

/** Files that are named as `path` but for such numbers; the one with the number of the main file, where there is one. */
function copiesOf(path: string, main: string, others: readonly NetworkFile[]): readonly NetworkFile[] {
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const plain = withoutNumbers(`${folder}${path}`);
  const copies = others.filter((file) => withoutNumbers(file.path) === plain);
  const alike = copies.filter((file) => numbersIn(file.path) === numbersIn(main));
  return alike.length === 1 ? alike : copies;
}

/** The last part of a path. */
export const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

const isAbsolute = (path: unknown): boolean => typeof path === 'string' && /^[/\\]|^[a-z]:[/\\]/i.test(path);

/** The last part of a path of any system. */
const nameIn = (path: string) => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

const outside = (path: string) =>
  new NetworkError(`The model refers to "${path}", which lies outside of its own folder.`);

function ownPath(path: string): string {
  if (typeof path !== 'string') throw outside(String(path));
  if (isAbsolute(path)) throw outside(nameIn(path));
  if (/^[a-z][a-z0-9+.-]*:|(^|[/\\])\.\.([/\\]|$)/i.test(path)) throw outside(path);
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
    for await (const chunk of chunksOf(await file.open(signal), signal)) {
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
  const { signal, onBytes } = options;
  const opened = await file.open(signal);
  const { announced } = opened;
  // Where the announcement is true, each byte is held once.
  const bytes = announced === null ? null : allocate(announced);
  const beyond: Uint8Array<ArrayBuffer>[] = [];
  let read = 0;
  for await (const chunk of chunksOf(opened, signal)) {
    if (bytes && beyond.length === 0 && read + chunk.length <= bytes.length) bytes.set(chunk, read);
    else beyond.push(chunk);
    read += chunk.length;
    onBytes(read, beyond.length === 0 ? announced : null);
  }
  if (bytes && read === bytes.length) return bytes;
  const before = read - beyond.reduce((sum, { length }) => sum + length, 0);
  return joined(bytes ? [bytes.subarray(0, before), ...beyond] : beyond, read);
}

/**
 * All bytes of some files, one behind the other, in pieces that can be let go one by one.
 * @param hash is given them as they come
 * @param expected their size all together, where it is known; the first byte too many ends the reading
 * @throws NetworkError where memory does not hold them, or they are shorter or longer
 */
export async function readInPieces(
  files: readonly NetworkFile[],
  { signal, onBytes }: ReadOptions,
  hash: FileHash,
  expected: number | null,
): Promise<StoredBytes> {
  const found = new FileInPieces();
  for (const file of files) {
    const opened = await file.open(signal);
    const total = expected ?? opened.announced;
    for await (const chunk of chunksOf(opened, signal)) {
      if (expected !== null && found.length + chunk.length > expected)
        throw wrongSize(files, 'more', expected);
      found.append(chunk, (total ?? chunk.length) - found.length);
      await hash.update(chunk);
      onBytes(found.length, total);
    }
  }
  if (expected !== null && found.length < expected) throw wrongSize(files, `only ${found.length}`, expected);
  return found.whole;
}

/** Parts one behind the other; each is let go as soon as it is copied. */
function joined(parts: Uint8Array<ArrayBuffer>[], length: number): Uint8Array<ArrayBuffer> {
  const whole = allocate(length);
  for (let place = 0; parts.length > 0; ) {
    const part = parts.shift() as Uint8Array;
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

const wrongSize = (files: readonly NetworkFile[], read: string, expected: number) =>
  new NetworkError(
    `The weights (${files.map(({ path }) => nameOf(path)).join(', ')}) are ${read} bytes long instead of ${expected}: a file is missing, cut off or of another model.`,
  );

/** A small file as text. @throws NetworkError beyond `limit` bytes */
export async function readText(file: NetworkFile, limit: number, signal: AbortSignal): Promise<string> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let read = 0;
  for await (const chunk of chunksOf(await file.open(signal), signal)) {
    read += chunk.length;
    if (read > limit) {
      throw new NetworkError(
        `${nameOf(file.path)} is over ${limit / 1e6} MB, too long to describe a network.`,
      );
    }
    parts.push(chunk);
  }
  return textOfBlob(new Blob(parts));
}

async function* chunksOf(
  { stream }: OpenedFile,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
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
