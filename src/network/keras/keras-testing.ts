import { filesOfBlobs } from '../files/network-files';
import type { ReadNetwork } from '../files/read-network';
import { extractHdf5 } from '../hdf5/extract-hdf5';
import type { ExtractHdf5 } from '../hdf5/hdf5-contents';
import { readKerasFile } from './keras-files';

/** The HDF5 library without a worker, which Node has not. */
const extractHere: ExtractHdf5 = (request) => extractHdf5(request);

/** A Keras file as the page reads it when it is dropped. */
export function readKerasBytes(name: string, bytes: Uint8Array): Promise<ReadNetwork> {
  const files = filesOfBlobs([{ path: name, blob: new Blob([Uint8Array.from(bytes)]) }], name);
  return readKerasFile(files, { signal: new AbortController().signal, onBytes() {} }, extractHere);
}
