import { codeIsMissing } from '../../code/missing-code';
import { startHelper } from '../../rpc/helper-workers';
import { NetworkError } from '../network-errors';
import { damagedHdf5, type ExtractHdf5 } from './hdf5-contents';
import type { Hdf5Reply } from './hdf5-worker';

/** Longest time for a file, milliseconds and milliseconds a megabyte: a damaged one might lead round in circles. */
const PATIENCE = 30_000;
const PATIENCE_A_MEGABYTE = 200;

/**
 * Reads an HDF5 file in a worker that lives as long as that takes: the library is loaded when such a file is opened,
 * its memory is given back, and a file that breaks or stops it breaks nothing else.
 */
export const extractInWorker: ExtractHdf5 = async (request, signal) => {
  signal.throwIfAborted();
  const worker = startHelper('hdf5');
  const { promise, resolve, reject } = deferred<Awaited<ReturnType<ExtractHdf5>>>();
  const broken = () => reject(new NetworkError(damagedHdf5));
  const stop = () => reject(signal.reason);
  const patience = setTimeout(broken, PATIENCE + (PATIENCE_A_MEGABYTE * request.length) / 1e6);
  signal.addEventListener('abort', stop);
  // What goes wrong in a script has a message; a script that is not there has none.
  worker.onerror = ({ message }) => (message ? broken() : reject(codeIsMissing()));
  worker.onmessage = ({ data }: MessageEvent<Hdf5Reply>) => {
    if ('contents' in data) resolve(data.contents);
    else reject(new NetworkError(data.problem ?? damagedHdf5));
  };
  worker.postMessage(request, [request.bytes]);
  try {
    return await promise;
  } finally {
    clearTimeout(patience);
    signal.removeEventListener('abort', stop);
    worker.terminate();
  }
};

function deferred<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
