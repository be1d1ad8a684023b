import type * as tf from '@tensorflow/tfjs-core';
import type { TensorMemory } from '../memory/tensor-memory';
import { instantiate, type JobKind } from './kernel-exports';
import type { ThreadOrder } from './kernel-thread';
import { type PreparedFilters, prepareFilters } from './prepared';

/** The compiled kernels at work in the memory of our backend, so that no tensor is copied. */
export interface Machine {
  backend: TensorMemory;
  threads: number;
  filters: PreparedFilters;
  /** Lends memory for the time of some work, which is given its address. */
  lend(bytes: number, work: (address: number) => void): void;
  /** Numbers at an address, as they lie there; good until the next allocation. */
  floats(address: number, count: number): Float32Array;
  doubles(address: number, count: number): Float64Array;
  integers(address: number, count: number): Int32Array;
  /** Address of a tensor's values. */
  addressOf(tensor: tf.TensorInfo): number;
  /**
   * Performs a job on all threads.
   * @param record its fields in the order in which the kernels declare them; the last two, address and size of a
   *     thread's scratch memory, are added here
   * @param tasks number of tasks, each done by one thread
   */
  perform(kind: JobKind, record: readonly number[], tasks: number): void;
}

/** Threads beside the engine's own. */
export interface HelpingThreads {
  /** Gives a thread its order, resolves when it is ready. */
  give(order: ThreadOrder): Promise<void>;
  /** One of them began a task and does not end it: nothing in their memory can be trusted any more. */
  stuck(): void;
}

const BOARD_BYTES = 64;
const RECORD_BYTES = 192;
/** Scratch memory that each thread has at all times; jobs that need more are lent it. */
const SMALL_SCRATCH = 256;

/**
 * @param module the compiled kernels, for the backend's kind of memory
 * @param helpers left out where there are none
 */
export async function startMachine(
  backend: TensorMemory,
  module: WebAssembly.Module,
  threads: number,
  helpers?: HelpingThreads,
): Promise<Machine> {
  const { space: memory, heap } = backend;
  const { run, scratchBytes } = await instantiate(module, memory);
  const board = heap.allocate(BOARD_BYTES + RECORD_BYTES + threads * SMALL_SCRATCH);
  const record = board + BOARD_BYTES;
  const smallScratch = record + RECORD_BYTES;
  new Uint8Array(memory.buffer, board, BOARD_BYTES).fill(0);
  const orders = Array.from({ length: threads - 1 }, (_, i) => ({ module, memory, board, thread: i + 1 }));
  await Promise.all(orders.map((order) => helpers?.give(order)));

  const lend = (bytes: number, work: (address: number) => void) => {
    const address = heap.allocate(bytes);
    try {
      work(address);
    } finally {
      heap.free(address);
    }
  };
  let place = new Int32Array(memory.buffer, record, RECORD_BYTES / 4);
  /** The record's fields, which lie elsewhere once memory has grown. */
  const fieldsOfRecord = () => {
    if (place.buffer !== memory.buffer) place = new Int32Array(memory.buffer, record, RECORD_BYTES / 4);
    return place;
  };
  /** Performs the job whose record stands ready. */
  const go = (kind: JobKind, tasks: number) => {
    // Waking the others for a single task would take longer than a small one does.
    if (run(board, kind, record, tasks, tasks === 1 ? 1 : threads) === 0) return;
    helpers?.stuck();
    throw new Error('A thread did not end its work.');
  };
  return {
    backend,
    threads,
    lend,
    floats: (address, count) => new Float32Array(memory.buffer, address, count),
    doubles: (address, count) => new Float64Array(memory.buffer, address, count),
    integers: (address, count) => new Int32Array(memory.buffer, address, count),
    filters: prepareFilters(backend),
    addressOf: ({ dataId }) => backend.addressOf(dataId),
    perform(kind, fields, tasks) {
      const written = fieldsOfRecord();
      written.set(fields);
      written[fields.length] = smallScratch;
      written[fields.length + 1] = SMALL_SCRATCH;
      const bytes = (scratchBytes(kind, record) + 63) & ~63;
      if (bytes <= SMALL_SCRATCH) {
        go(kind, tasks);
        return;
      }
      lend(bytes * threads, (scratch) => {
        // Memory may have grown for it.
        fieldsOfRecord().set([scratch, bytes], fields.length);
        go(kind, tasks);
      });
    },
  };
}
