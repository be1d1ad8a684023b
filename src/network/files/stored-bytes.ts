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
  /** Says that they are to be read, so that they outlast what lies beside them. */
  hold(): void;
  /** Says, once for each time that they were held, that nothing reads them any more. */
  letGo(): void;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes that are in memory and stay there. */
export function bytesInMemory(bytes: Bytes): StoredBytes {
  return {
    length: bytes.length,
    at: (place) => bytes[place],
    part: (from, to) => bytesInMemory(bytes.subarray(from, to)),
    bytes: () => bytes,
    hold() {},
    letGo() {},
  };
}

/** Bytes of a piece: a few of the largest weights fill one. */
const PIECE = 4 * 2 ** 20;

/** Parts up to this size are copied at once, so that no piece stays for the sake of a name. */
const SMALL = 2 ** 16;

/** A file in pieces, each of which is let go when the last weight in it is. */
export class FileInPieces {
  private pieces: (Bytes | null)[] = [];
  private readonly holders: number[] = [];
  private filled = 0;

  get length(): number {
    return this.filled;
  }

  /**
   * Adds bytes at the end.
   * @param left bytes that are still to come with these, as far as anybody knows: the last piece is no longer than that
   * @throws NetworkError where memory does not hold them
   */
  append(chunk: Bytes, left = PIECE): void {
    for (let place = 0; place < chunk.length; ) {
      const start = this.filled % PIECE;
      if (start === 0)
        this.pieces.push(allocated(Math.min(PIECE, Math.max(left, chunk.length) - place), this.filled));
      const part = chunk.subarray(place, place + PIECE - start);
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
    const longer = allocated(PIECE, this.filled);
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
    const first = Math.floor(start / PIECE);
    const last = Math.max(first, Math.ceil(end / PIECE) - 1);
    const eachPiece = (work: (index: number) => void) => {
      for (let index = first; index <= last; index++) work(index);
    };
    return {
      length: end - start,
      at: (place) => this.piece(Math.floor((start + place) / PIECE))[(start + place) % PIECE],
      part: (from, to) =>
        to - from <= SMALL
          ? bytesInMemory(this.copied(start + from, start + to))
          : this.range(start + from, start + to),
      bytes: () =>
        first === last && end > start
          ? this.piece(first).subarray(start - first * PIECE, end - first * PIECE)
          : this.copied(start, end),
      hold: () =>
        eachPiece((index) => {
          this.holders[index] = (this.holders[index] ?? 0) + 1;
        }),
      letGo: () =>
        eachPiece((index) => {
          this.holders[index] -= 1;
          if (this.holders[index] === 0) this.pieces[index] = null;
        }),
    };
  }

  private copied(start: number, end: number): Bytes {
    const found = new Uint8Array(end - start);
    for (let place = start; place < end; ) {
      const index = Math.floor(place / PIECE);
      const part = this.piece(index).subarray(place - index * PIECE, Math.min(PIECE, end - index * PIECE));
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
