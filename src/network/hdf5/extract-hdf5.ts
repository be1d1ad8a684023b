import { File, Group, Dataset as H5Dataset, type Metadata, FS as memoryFiles, ready } from 'h5wasm';
import { fromFloat16 } from '../../codecs/float16';
import { NetworkError } from '../network-errors';
import { damagedHdf5, type Hdf5Contents, type Hdf5Dataset, type Hdf5Request } from './hdf5-contents';

/** Groups in groups, and datasets, beyond which a file holds no network; hard links can make a ring of groups. */
const DEEPEST_GROUP = 40;
const MOST_OBJECTS = 100_000;
/** Numbers may be compressed, but a file that promises more than this many times its size lies. */
const MOST_TIMES_THE_FILE = 20;
/** Bytes read from the file at once, so that a large dataset is not in memory three times. */
const SLAB = 8e6;

/**
 * Datasets of numbers and some attributes of an HDF5 file, with the HDF5 library in WebAssembly.
 * A damaged file may stop or break the library for good, so pages call it in a worker that is then ended.
 * @throws NetworkError where the file cannot be read; other errors where it broke the library
 */
export async function extractHdf5(request: Hdf5Request): Promise<Hdf5Contents> {
  const bytes = new Uint8Array(request.bytes, request.offset, request.length);
  if (!hasSoundHeaps(bytes)) throw new NetworkError(damagedHdf5);
  const module = await ready;
  return withMemoryFor(bytes.length, () => extractFrom(module, bytes, request));
}

/** What the library needs for itself, and how many times a file it may take while it reads one. */
const OWN_MEMORY = 256e6;
const TIMES_THE_FILE = 4;

/** Keeps the library from all of the 2 GB it can address: a damaged size makes it ask for them. */
function withMemoryFor<T>(length: number, work: () => T): T {
  const { prototype } = WebAssembly.Memory;
  const { grow } = prototype;
  const most = OWN_MEMORY + TIMES_THE_FILE * length;
  prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * 65_536 > most) throw new RangeError('too much memory');
    return grow.call(this, pages);
  };
  try {
    return work();
  } finally {
    prototype.grow = grow;
  }
}

function extractFrom(module: Awaited<typeof ready>, bytes: Uint8Array, request: Hdf5Request): Hdf5Contents {
  module.activate_throwing_error_handler();
  const name = 'network.h5';
  // The file system takes the bytes as they are; they are not copied.
  memoryFiles?.writeFile(name, bytes, { canOwn: true } as never);
  try {
    const file = new File(name, 'r');
    try {
      return contentsOf(file, request);
    } finally {
      file.close();
    }
  } catch (error) {
    if (error instanceof NetworkError || error instanceof WebAssembly.RuntimeError) throw error;
    throw new NetworkError(damagedHdf5);
  } finally {
    memoryFiles?.unlink(name);
  }
}

/**
 * Whether the heaps that texts lie in can be walked to their ends ("GCOL", HDF5 file format, III.E). The library goes
 * round for ever over free space of no length.
 */
function hasSoundHeaps(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = bytes.indexOf(0x47); at >= 0 && at + 32 <= bytes.length; at = bytes.indexOf(0x47, at + 1)) {
    if (view.getUint32(at) !== 0x47434f4c || view.getUint32(at + 4, true) !== 1) continue;
    const end = Math.min(bytes.length, at + Number(view.getBigUint64(at + 8, true)));
    let object = at + 16;
    while (object + 16 <= end) {
      const size = Number(view.getBigUint64(object + 8, true));
      const isFree = view.getUint16(object, true) === 0;
      if (isFree && size === 0) return false;
      object += isFree ? size : 16 + 8 * Math.ceil(size / 8);
    }
  }
  return true;
}

function contentsOf(file: File, { attributes: wanted, skip, length }: Hdf5Request): Hdf5Contents {
  const attributes: Record<string, string> = {};
  const found: { dataset: H5Dataset; entry: Hdf5Dataset; size: number }[] = [];
  const others: string[] = [];
  let objects = 0;
  let total = 0;
  const visit = (group: Group, path: readonly string[]) => {
    if (path.length > DEEPEST_GROUP) throw new NetworkError(damagedHdf5);
    if (path.length <= 1) {
      for (const name of Object.keys(group.attrs).filter((each) => wanted.includes(each))) {
        attributes[name] ??= textOf(group.get_attribute(name, false));
      }
    }
    for (const name of group.keys()) {
      objects += 1;
      if (objects > MOST_OBJECTS)
        throw new NetworkError('This HDF5 file has too many parts to be a network.');
      if (path.length === 0 && skip.includes(name)) continue;
      const child = group.get(name);
      const childPath = [...path, name];
      if (child instanceof Group) visit(child, childPath);
      if (!(child instanceof H5Dataset)) continue;
      const size = numbersIn(child.metadata);
      if (size === null) {
        others.push(childPath.join('/'));
        continue;
      }
      const entry = { path: childPath.join('/'), shape: (child.shape ?? []).map(Number), start: total };
      found.push({ dataset: child, entry, size });
      total += size;
      if (4 * total > MOST_TIMES_THE_FILE * length + 1e6) {
        throw new NetworkError(
          `This HDF5 file of ${length} bytes promises over ${Math.round((4 * total) / 1e6)} MB of weights. It is damaged, or made to fill the memory.`,
        );
      }
    }
  };
  visit(file, []);
  const values = new Float32Array(total);
  for (const { dataset, entry, size } of found) readInto(values, dataset, entry, size);
  return { attributes, datasets: found.map(({ entry }) => entry), others, values };
}

function textOf(value: unknown): string {
  const [text] = Array.isArray(value) ? value : [value];
  if (typeof text !== 'string') throw new NetworkError(damagedHdf5);
  return text;
}

/** How many numbers a dataset has; null where it holds something else. */
function numbersIn({ type, size, shape }: Metadata): number | null {
  const isInteger = type === 0 && size <= 4;
  const isReal = type === 1 && (size === 2 || size === 4 || size === 8);
  if (!shape || !(isInteger || isReal)) return null;
  return shape.reduce((product, length) => product * Number(length), 1);
}

function readInto(values: Float32Array, dataset: H5Dataset, { shape, start }: Hdf5Dataset, size: number) {
  const rows = shape[0] ?? 1;
  const row = size / Math.max(1, rows);
  const step = Math.max(1, Math.floor(SLAB / (4 * Math.max(1, row))));
  if (shape.length === 0 || step >= rows) {
    if (size > 0) values.set(numbers(valuesIn(dataset), size), start);
    return;
  }
  for (let from = 0; from < rows; from += step) {
    const to = Math.min(rows, from + step);
    values.set(numbers(valuesIn(dataset, [from, to]), (to - from) * row), start + from * row);
  }
}

/** A dataset, or some of its rows. Half precision is unknown to the library, which hands out its bits as integers. */
function valuesIn(dataset: H5Dataset, rows?: [number, number]): unknown {
  const isHalf = isHalfPrecision(dataset.metadata);
  if (isHalf) Object.assign(dataset.metadata, { type: 0, signed: false });
  const value = rows ? dataset.slice([rows]) : dataset.value;
  if (!isHalf) return value;
  Object.assign(dataset.metadata, { type: 1 });
  return fromFloat16(typeof value === 'number' ? Uint16Array.of(value) : (value as Uint16Array));
}

const isHalfPrecision = ({ type, size }: Metadata) => type === 1 && size === 2;

function numbers(value: unknown, size: number): ArrayLike<number> {
  const list = typeof value === 'number' ? [value] : (value as ArrayLike<number> | null);
  if (list?.length !== size) throw new NetworkError(damagedHdf5);
  return list;
}
