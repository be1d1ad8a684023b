import * as tf from '@tensorflow/tfjs-core';
import { type Allocator, createAllocator } from './allocator';

type DataType = tf.DataType;
type Values = Float32Array | Int32Array | Uint8Array;

/** What is known of a tensor's numbers. */
interface Entry {
  /** 0 for strings, which lie elsewhere. */
  address: number;
  size: number;
  dtype: DataType;
  refCount: number;
  strings?: Uint8Array[];
}

/** The kernels' own static data, if they have any, lie at the start of memory. */
const FIRST_ADDRESS = 4096;

/** Most pages of a memory, 4 GB; a browser that cannot set so much aside is asked for less. */
const MOST_PAGES = [65536, 32768, 16384];

/** A memory that grows with what is in it. @param shared for threads */
export function createMemory(shared: boolean): WebAssembly.Memory {
  let failure: unknown;
  for (const maximum of MOST_PAGES) {
    try {
      return new WebAssembly.Memory({ initial: 16, maximum, shared });
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/**
 * A backend of TensorFlow.js whose tensors lie in a memory of ours, where our kernels read and fill them (`fast-convolution/`). Float32
 * and int32 take four bytes a number, bool one.
 */
export class TensorMemory extends tf.KernelBackend {
  readonly heap: Allocator;
  private readonly entries: tf.DataStorage<Entry>;
  private readonly listeners: ((dataId: tf.DataId) => void)[] = [];
  private readonly enders: (() => void)[] = [];

  /** @param atEnd called when the backend is disposed of */
  constructor(
    readonly space: WebAssembly.Memory,
    private readonly atEnd: () => void = () => {},
  ) {
    super();
    this.heap = createAllocator(space, FIRST_ADDRESS);
    this.entries = new tf.DataStorage(this, tf.engine());
  }

  override write(values: tf.backend_util.BackendValues | null, shape: number[], dtype: DataType): tf.DataId {
    const dataId = {};
    this.move(dataId, values, shape, dtype, 1);
    return dataId;
  }

  override move(
    dataId: tf.DataId,
    values: tf.backend_util.BackendValues | null,
    shape: number[],
    dtype: DataType,
    refCount: number,
  ): void {
    const size = tf.util.sizeFromShape(shape);
    if (dtype === 'string') {
      this.entries.set(dataId, { address: 0, size, dtype, refCount, strings: values as Uint8Array[] });
      return;
    }
    if (dtype === 'complex64') throw new Error('There are no complex numbers on WebAssembly.');
    // Values that lie in this memory lose their place when it grows.
    const own =
      values && (values as Values).buffer === this.space.buffer ? (values as Values).byteOffset : -1;
    const address = this.heap.allocate(size * tf.util.bytesPerElement(dtype));
    this.entries.set(dataId, { address, size, dtype, refCount });
    if (own >= 0) this.at(address, size, dtype).set(this.at(own, size, dtype));
    else if (values) this.at(address, size, dtype).set(values as Values);
  }

  override async read(dataId: tf.DataId): Promise<tf.backend_util.BackendValues> {
    return this.readSync(dataId);
  }

  /** A copy. */
  override readSync(dataId: tf.DataId): tf.backend_util.BackendValues {
    const { address, size, dtype, strings } = this.entries.get(dataId);
    return strings ?? this.at(address, size, dtype).slice();
  }

  /** @returns true where the numbers are freed, since nothing refers to them any more */
  override disposeData(dataId: tf.DataId, force = false): boolean {
    if (!this.entries.has(dataId)) return true;
    const entry = this.entries.get(dataId);
    entry.refCount--;
    if (!force && entry.refCount > 0) return false;
    this.entries.delete(dataId);
    if (entry.address > 0) this.heap.free(entry.address);
    for (const listener of this.listeners) listener(dataId);
    return true;
  }

  /** Calls `listener` with all data that are freed from now on. */
  onFreed(listener: (dataId: tf.DataId) => void): void {
    this.listeners.push(listener);
  }

  /** Calls `end` whenever numbers are to be looked at, or written by others than the kernels: these may have work that waits. */
  onLook(end: () => void): void {
    this.enders.push(end);
  }

  /** All that the kernels were given to do is done then. */
  settle(): void {
    for (const end of this.enders) end();
  }

  override refCount(dataId: tf.DataId): number {
    return this.entries.has(dataId) ? this.entries.get(dataId).refCount : 0;
  }

  override incRef(dataId: tf.DataId): void {
    this.entries.get(dataId).refCount++;
  }

  override numDataIds(): number {
    return this.entries.numDataIds();
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: false };
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override async time(work: () => void): Promise<tf.BackendTimingInfo> {
    this.settle();
    const start = tf.util.now();
    work();
    this.settle();
    return { kernelMs: tf.util.now() - start };
  }

  override dispose(): void {
    this.atEnd();
  }

  addressOf(dataId: tf.DataId): number {
    return this.entries.get(dataId).address;
  }

  /** The numbers of a tensor where they lie; a view that is good until the next allocation, which may move the memory. */
  valuesOf({ dataId }: tf.TensorInfo): Values {
    const { address, size, dtype } = this.entries.get(dataId);
    return this.at(address, size, dtype);
  }

  /** A new tensor; without values its numbers are not set. */
  make(shape: readonly number[], dtype: DataType, values: Values | null = null): tf.TensorInfo {
    const own = [...shape];
    return { dataId: this.write(values, own, dtype), shape: own, dtype };
  }

  private at(address: number, size: number, dtype: DataType): Values {
    this.settle();
    const { buffer } = this.space;
    if (dtype === 'float32') return new Float32Array(buffer, address, size);
    if (dtype === 'int32') return new Int32Array(buffer, address, size);
    return new Uint8Array(buffer, address, size);
  }
}
