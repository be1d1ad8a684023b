import type { Weight } from '../network-graph';
import { StoredTensors } from '../stored-tensors';

/** What is wanted of an HDF5 file. */
export interface Hdf5Request {
  /** The file; it lies at `offset` of a longer buffer where it came in an archive. */
  bytes: ArrayBuffer;
  offset: number;
  length: number;
  /** Text attributes of the root, and of the groups directly in it. */
  attributes: readonly string[];
  /** Names of groups in the root that are passed over. */
  skip: readonly string[];
}

export interface Hdf5Contents {
  /** Those of the wanted attributes that the file has. */
  attributes: Readonly<Record<string, string>>;
  datasets: readonly Hdf5Dataset[];
  /** Paths of datasets that hold something else: whole numbers of 64 bits, texts. */
  others: readonly string[];
  /** All datasets of numbers, one behind the other. */
  values: Float32Array<ArrayBuffer>;
}

/** An array of numbers in the file. */
export interface Hdf5Dataset {
  /** Groups and name, `model_weights/conv1/conv1/kernel:0`. */
  path: string;
  shape: number[];
  /** Index of its first number in `values`. */
  start: number;
}

/**
 * Gets datasets and attributes out of a file. The bytes of the request are gone then: nothing else needs them.
 * @throws NetworkError where it is damaged or no HDF5 file
 */
export type ExtractHdf5 = (request: Hdf5Request, signal: AbortSignal) => Promise<Hdf5Contents>;

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether bytes are those of an HDF5 file: its signature lies at the start, or behind 512 bytes, 1024, 2048... */
export function isHdf5(bytes: Uint8Array): boolean {
  for (let at = 0; at + 8 <= bytes.length; at = at === 0 ? 512 : 2 * at) {
    if (signature.every((byte, i) => bytes[at + i] === byte)) return true;
  }
  return false;
}

export const damagedHdf5 = 'This HDF5 file is damaged or cut off. Save or download it again.';

/** All datasets below a group, by their paths from there, and the names of those that are no numbers. */
export function tensorsIn(contents: Hdf5Contents, group: string): StoredTensors {
  const inside = (path: string) => path.startsWith(group);
  const inGroup = (path: string) => path.slice(group.length).replaceAll('\\', '/');
  return new StoredTensors(
    new Map(
      contents.datasets
        .filter(({ path }) => inside(path))
        .map((dataset) => [inGroup(dataset.path), datasetWeight(contents, dataset)]),
    ),
    contents.others.filter(inside).map(inGroup),
  );
}

/** A dataset as a weight, a view of all values. */
export const datasetWeight = ({ values }: Hdf5Contents, { shape, start }: Hdf5Dataset): Weight => ({
  shape,
  read: () => values.subarray(start, shape.reduce((product, length) => product * length, 1) + start),
});
