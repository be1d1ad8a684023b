import { NetworkError } from '../network-errors';

/** Bytes of a file, or of a part of one, that are put together when they are read. */
export interface StoredBytes {
  readonly length: number;
  /** The byte at a place. */
  at(place: number): number;
  /** Those from one place to before another. */
  part(from: number, to: number): StoredBytes;
  /** All of them; may be a view, so they are never written to. */
  bytes(): Uint8Array<ArrayBuffer>;
  /** All of them in runs, one behind the other, each where it lies and good until the next is asked for. */
  runs(): Iterable<Uint8Array<ArrayBuffer>>;
  /** Says, once, that they are to be read, so that they outlast what lies beside them. */
  hold(): void;
  /**
   * Says, before `letGo`, that whoever asks for the runs next is the last to read: each run goes when the next is asked for.
   * @param areCopied as of `letGo`
   */
  letGoAsRead(areCopied: boolean): void;
  /**
   * Says, of what was held, that nothing reads it any more.
   * @param areCopied whether nobody has kept a view of them, nor of what lies beside them: then their memory is free at once
   */
  letGo(areCopied: boolean): void;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes that are in memory and stay there. */
export function bytesInMemory(bytes: Bytes): StoredBytes {
  return {
    length: bytes.length,
    at: (place) => bytes[place],
    part: (from, to) => bytesInMemory(bytes.subarray(from, to)),
    bytes: () => bytes,
    runs: () => [bytes],
    hold() {},
    letGoAsRead() {},
    letGo() {},
  };
}

/** Bytes of a piece: a few of the largest weights fill one. */
const PIECE = 4 * 2 ** 20;

/** Moving a buffer gives its memory back at once where nothing is moved; not in browsers before 2024. */
interface Transferable {
  transfer?(length: number): ArrayBuffer;
}

/** Parts up to this share of a piece are copied at once, so that no piece stays for the sake of a name. */
const SMALL = 1 / 64;

/**
 * Runs of bytes that hold whole numbers each, for which those at the edges of runs are put together.
 * @param width bytes of a number
 */
export function* wholeRuns(bytes: StoredBytes, width: number): Generator<Bytes> {
  let rest: Bytes = new Uint8Array();
  for (const run of bytes.runs()) {
    const missing = rest.length > 0 ? Math.min(width - rest.length, run.length) : 0;
    if (missing > 0) {
      rest = Uint8Array.of(...rest, ...run.subarray(0, missing));
      if (rest.length < width) continue;
      yield rest;
    }
    const whole = missing + Math.floor((run.length - missing) / width) * width;
    if (whole > missing) yield run.subarray(missing, whole);
    rest = run.slice(whole);
  }
}

/** Writes bytes, as they lie in the file, to where numbers are to stand. */
export function copyRuns(bytes: StoredBytes, target: Float32Array): void {
  const place = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
  let filled = 0;
  for (const run of bytes.runs()) {
    place.set(run, filled);
    filled += run.length;
  }
}

/** A file in pieces, each of which is let go when the last weight in it is. */
export class FileInPieces {
  private pieces: (Bytes | null)[] = [];
  private readonly holders: number[] = [];
  private filled = 0;

  /** @param size bytes of a piece */
  constructor(private readonly size = PIECE) {}

  get length(): number {
    return this.filled;
  }

  /**
   * Adds bytes at the end.
   * @param left bytes that are still to come with these, as far as anybody knows: the last piece is no longer than that
   * @throws NetworkError where memory does not hold them
   */
  append(chunk: Bytes, left = this.size): void {
    for (let place = 0; place < chunk.length; ) {
      const start = this.filled % this.size;
      if (start === 0)
        this.pieces.push(allocated(Math.min(this.size, Math.max(left, chunk.length) - place), this.filled));
      const part = chunk.subarray(place, place + this.size - start);
      this.roomFor(start + part.length).set(part, start);
      place += part.length;
      this.filled += part.length;
    }
  }

  /** The whole file. */
  get whole(): StoredBytes {
    return this.range(0, this.filled);
  }

  /** The last piece, made longer where more comes than was said. */
  private roomFor(length: number): Bytes {
    const last = this.piece(this.pieces.length - 1);
    if (length <= last.length) return last;
    const longer = allocated(this.size, this.filled);
    longer.set(last);
    this.pieces[this.pieces.length - 1] = longer;
    return longer;
  }

  private piece(index: number): Bytes {
    const piece = this.pieces[index];
    if (!piece) throw new Error('A part of a network file is read that was let go.');
    return piece;
  }

  private range(start: number, end: number): StoredBytes {
    const first = Math.floor(start / this.size);
    const last = Math.max(first, Math.ceil(end / this.size) - 1);
    // Those before it are let go already.
    let held = first;
    let goesAsRead: { areCopied: boolean } | null = null;
    const letGoBefore = (end: number, areCopied: boolean) => {
      for (; held < end; held++) this.letGo(held, areCopied);
    };
    const partOf = (index: number) => {
      const from = index * this.size;
      return this.piece(index).subarray(Math.max(start - from, 0), Math.min(this.size, end - from));
    };
    return {
      length: end - start,
      at: (place) => this.piece(Math.floor((start + place) / this.size))[(start + place) % this.size],
      part: (from, to) =>
        to - from <= SMALL * this.size
          ? bytesInMemory(this.copied(start + from, start + to))
          : this.range(start + from, start + to),
      bytes: () => (first === last && end > start ? partOf(first) : this.copied(start, end)),
      *runs() {
        if (end === start) return;
        for (let index = first; index <= last; index++) {
          yield partOf(index);
          if (goesAsRead) letGoBefore(index + 1, goesAsRead.areCopied);
        }
      },
      hold: () => {
        for (let index = first; index <= last; index++) this.holders[index] = (this.holders[index] ?? 0) + 1;
        held = first;
      },
      letGoAsRead(areCopied) {
        goesAsRead = { areCopied };
      },
      letGo: (areCopied) => letGoBefore(last + 1, areCopied),
    };
  }

  /** Memory of a piece that is only forgotten stays until the browser looks for rubbish, which may be when all others are read. */
  private letGo(index: number, areCopied: boolean): void {
    this.holders[index] -= 1;
    if (this.holders[index] !== 0) return;
    if (areCopied) (this.pieces[index]?.buffer as Transferable | undefined)?.transfer?.(0);
    this.pieces[index] = null;
  }

  private copied(start: number, end: number): Bytes {
    const found = new Uint8Array(end - start);
    for (let place = start; place < end; ) {
      const index = Math.floor(place / this.size);
      const part = this.piece(index).subarray(
        place - index * this.size,
        Math.min(this.size, end - index * this.size),
      );
      found.set(part, place - start);
      place += part.length;
    }
    return found;
  }
}

function allocated(length: number, before: number): Bytes {
  try {
    return new Uint8Array(length);
  } catch {
    throw new NetworkError(
      `The weights take over ${Math.round(before / 1e6)} MB, more than this browser gives a page at once.`,
    );
  }
}
