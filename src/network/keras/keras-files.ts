import { hashOf } from '../files/file-hash';
import { isZip } from '../files/network-archive';
import { type NetworkFiles, nameOf, type ReadOptions, readWhole } from '../files/network-files';
import type { ReadNetwork } from '../files/read-network';
import { type ExtractHdf5, isHdf5 } from '../hdf5/hdf5-contents';
import { extractInWorker } from '../hdf5/hdf5-in-worker';
import { NetworkError } from '../network-errors';
import { readKerasArchive } from './archive';
import { readKerasHdf5 } from './hdf5-model';

/**
 * Reads a model that Keras saved: an HDF5 file (`.h5`, `.hdf5`) or an archive (`.keras`), told apart by what is in it.
 * @throws NetworkError where the file is damaged, holds weights only, or a layer that cannot be read
 */
export async function readKerasFile(
  { main }: NetworkFiles,
  options: ReadOptions,
  extract: ExtractHdf5 = extractInWorker,
): Promise<ReadNetwork> {
  const start = await readWhole(main, options);
  if (start.length === 0) throw new NetworkError(`${nameOf(main.path)} is empty (0 bytes).`);
  const bytes = start.buffer;
  const sha256 = await hashOf(bytes);
  if (isZip(start)) {
    return { ...(await readKerasArchive(bytes, extract, options.signal)), sha256, format: 'keras' };
  }
  if (isHdf5(start)) {
    const read = await readKerasHdf5(bytes, extract, options.signal);
    return { ...read, sha256, format: 'keras-hdf5', labels: null, scaling: null };
  }
  throw new NetworkError(
    `${nameOf(main.path)} is no Keras model, whatever its name says: neither an HDF5 file nor a .keras archive.`,
  );
}
