import { counted } from '../../text/counted';

/** Bytes by whose multiples blocks lie: a cache line. */
const GRAIN = 64;

/** Bytes of a page of WebAssembly's memory, and of a step by which it grows: a few pages at once. */
const PAGE = 2 ** 16;
const STEP = 16 * PAGE;

/** Kernels load whole vectors, and so may read a little beyond the last number of a block. */
const MARGIN = 64;

/** Classes between two powers of two, by which free blocks are found. */
const CLASSES = 8;

/** A piece of memory between two others. */
interface Block {
  address: number;
  bytes: number;
  isFree: boolean;
  before: Block | null;
  after: Block | null;
  /** Neighbours among the free blocks of one class. */
  previous: Block | null;
  next: Block | null;
}

/** Gives out the pieces of a memory. */
export interface Allocator {
  /**
   * Address of so many bytes, at a multiple of 64; what stands there is not set. Memory grows when no free block is large enough.
   * @throws OutOfMemoryError
   */
  allocate(bytes: number): number;
  /** Gives a block back, which joins with free neighbours. @param address from `allocate`, not yet freed */
  free(address: number): void;
  /** Bytes that are given out, and those of the whole memory. */
  used(): number;
  size(): number;
}

/** The memory cannot grow any more; the message is a sentence. */
export class OutOfMemoryError extends Error {
  override name = 'OutOfMemoryError';
}

/** Number of the class of blocks of at least so many bytes: for each power of two, eight of them. */
function classOf(bytes: number): number {
  const grains = bytes / GRAIN;
  if (grains < CLASSES) return grains;
  const power = 31 - Math.clz32(grains);
  return (power - 2) * CLASSES + (Math.floor(grains / 2 ** (power - 3)) - CLASSES);
}

/**
 * An allocator whose books lie outside of the memory: free blocks stand in lists by size, and the first that is large enough for certain is
 * cut (two levels of lists, Masmano et al. 2004, TLSF). Whatever is freed joins with its free neighbours at once.
 * @param first address that may be given out
 */
export function createAllocator(memory: WebAssembly.Memory, first: number): Allocator {
  const lists: (Block | null)[] = new Array(classOf(2 ** 32) + 2).fill(null);
  const given = new Map<number, Block>();
  let [end, used] = [Math.ceil(first / GRAIN) * GRAIN, 0];
  let last: Block | null = null;

  const put = (block: Block) => {
    const at = classOf(block.bytes);
    block.isFree = true;
    block.previous = null;
    block.next = lists[at];
    if (block.next) block.next.previous = block;
    lists[at] = block;
  };
  const take = (block: Block) => {
    if (block.previous) block.previous.next = block.next;
    else lists[classOf(block.bytes)] = block.next;
    if (block.next) block.next.previous = block.previous;
    block.isFree = false;
    block.previous = null;
    block.next = null;
  };
  const join = (block: Block, after: Block) => {
    block.bytes += after.bytes;
    block.after = after.after;
    if (after.after) after.after.before = block;
    else last = block;
  };
  /** A free block of at least so many bytes. */
  const find = (bytes: number): Block | null => {
    const at = classOf(bytes);
    // In the class itself blocks may be too small; in the next ones none is.
    for (let block = lists[at]; block; block = block.next) if (block.bytes >= bytes) return block;
    for (let higher = at + 1; higher < lists.length; higher++) if (lists[higher]) return lists[higher];
    return null;
  };
  /** A free block at the end of memory, which grows by what it lacks. */
  const grow = (bytes: number): Block => {
    const tail: Block | null = last?.isFree ? last : null;
    const missing = bytes - (tail?.bytes ?? 0);
    const needed = end + missing + MARGIN - memory.buffer.byteLength;
    if (needed > 0) growMemory(memory, needed, bytes);
    const added = Math.floor((memory.buffer.byteLength - MARGIN - end) / GRAIN) * GRAIN;
    const block: Block = {
      address: end,
      bytes: added,
      isFree: false,
      before: last,
      after: null,
      previous: null,
      next: null,
    };
    end += added;
    if (tail) {
      take(tail);
      tail.bytes += added;
      put(tail);
      return tail;
    }
    if (last) last.after = block;
    last = block;
    put(block);
    return block;
  };

  return {
    allocate(asked) {
      const bytes = Math.max(GRAIN, Math.ceil(asked / GRAIN) * GRAIN);
      const block = find(bytes) ?? grow(bytes);
      take(block);
      if (block.bytes > bytes) {
        const rest: Block = {
          address: block.address + bytes,
          bytes: block.bytes - bytes,
          isFree: true,
          before: block,
          after: block.after,
          previous: null,
          next: null,
        };
        if (rest.after) rest.after.before = rest;
        else last = rest;
        block.after = rest;
        block.bytes = bytes;
        put(rest);
      }
      given.set(block.address, block);
      used += bytes;
      return block.address;
    },
    free(address) {
      const block = given.get(address);
      if (!block) throw new Error(`Nothing was given out at ${address}.`);
      given.delete(address);
      used -= block.bytes;
      let whole = block;
      const { before, after } = block;
      if (after?.isFree) {
        take(after);
        join(block, after);
      }
      if (before?.isFree) {
        take(before);
        join(before, block);
        whole = before;
      }
      put(whole);
    },
    used: () => used,
    size: () => memory.buffer.byteLength,
  };
}

function growMemory(memory: WebAssembly.Memory, needed: number, asked: number): void {
  for (const step of [STEP, PAGE]) {
    try {
      memory.grow((Math.ceil(needed / step) * step) / PAGE);
      return;
    } catch {
      // By fewer pages, or not at all.
    }
  }
  throw new OutOfMemoryError(
    `WebAssembly is out of memory: ${counted(asked, 'byte')} more do not fit beside ${memory.buffer.byteLength}.`,
  );
}
