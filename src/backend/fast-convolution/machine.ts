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
  /** The greatest of the numbers at an address, and of 0, as whole numbers behind a mask. */
  greatest(address: number, count: number, mask: number): number;
  /** Address of a tensor's values. */
  addressOf(tensor: tf.TensorInfo): number;
  /**
   * Performs a job on all threads. It may wait for others to come: all of them are done, in their order, before any numbers are looked at.
   * @param record its fields in the order in which the kernels declare them; the last two, address and size of a
   *     thread's scratch memory, are added here
   * @param tasks number of tasks, each done by one thread
   */
  perform(kind: JobKind, record: ArrayLike<number>, tasks: number): void;
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
/** Jobs that wait at most, and milliseconds of those that are done together: so long nobody can cancel them. */
const MOST_JOBS = 32;
const FIRST_JOBS = 4;
const LONGEST = 6;
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
  const { run, scratchBytes, greatest } = await instantiate(module, memory);
  const board = heap.allocate(BOARD_BYTES + MOST_JOBS * RECORD_BYTES + threads * SMALL_SCRATCH);
  const records = board + BOARD_BYTES;
  const smallScratch = records + MOST_JOBS * RECORD_BYTES;
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
  let place = new Int32Array(0);
  /** The fields of all records, which lie elsewhere once memory has grown. */
  const fieldsOfRecords = () => {
    if (place.buffer !== memory.buffer)
      place = new Int32Array(memory.buffer, records, (MOST_JOBS * RECORD_BYTES) / 4);
    return place;
  };
  /** Kinds and tasks of the jobs that wait, in the order of their records. */
  const kinds = new Int32Array(MOST_JOBS);
  const counts = new Int32Array(MOST_JOBS);
  let waiting = 0;
  // Between two kernels the processor has forgotten how tensors are made and memory is given out, and takes three times as long for it as for
  // many in a row.
  let together = FIRST_JOBS;
  /** Performs the jobs that wait. */
  const finish = () => {
    const jobs = waiting;
    if (jobs === 0) return;
    waiting = 0;
    const started = performance.now();
    for (let job = 0; job < jobs; job++) {
      const tasks = counts[job];
      // Waking the others for a single task would take longer than a small one does.
      const open = run(
        board,
        kinds[job] as JobKind,
        records + job * RECORD_BYTES,
        tasks,
        tasks === 1 ? 1 : threads,
      );
      if (open === 0) continue;
      helpers?.stuck();
      throw new Error('A thread did not end its work.');
    }
    const took = performance.now() - started;
    if (took > LONGEST) together = Math.max(1, jobs >> 1);
    else if (jobs === together && 2 * took < LONGEST) together = Math.min(MOST_JOBS, 2 * together);
  };
  backend.onLook(finish);
  return {
    backend,
    threads,
    lend,
    floats(address, count) {
      finish();
      return new Float32Array(memory.buffer, address, count);
    },
    doubles(address, count) {
      finish();
      return new Float64Array(memory.buffer, address, count);
    },
    integers(address, count) {
      finish();
      return new Int32Array(memory.buffer, address, count);
    },
    greatest(address, count, mask) {
      finish();
      return greatest(address, count, mask);
    },
    filters: prepareFilters(backend),
    addressOf: ({ dataId }) => backend.addressOf(dataId),
    perform(kind, fields, tasks) {
      const record = records + waiting * RECORD_BYTES;
      const first = (waiting * RECORD_BYTES) / 4;
      const written = fieldsOfRecords();
      written.set(fields, first);
      const last = first + fields.length;
      written[last] = smallScratch;
      written[last + 1] = SMALL_SCRATCH;
      const bytes = (scratchBytes(kind, record) + 63) & ~63;
      if (bytes > SMALL_SCRATCH) {
        // Given back at once: whoever is lent it next comes behind this job.
        const scratch = heap.allocate(bytes * threads);
        heap.free(scratch);
        const moved = fieldsOfRecords();
        moved[last] = scratch;
        moved[last + 1] = bytes;
      }
      kinds[waiting] = kind;
      counts[waiting] = tasks;
      if (++waiting >= together) finish();
    },
  };
}
