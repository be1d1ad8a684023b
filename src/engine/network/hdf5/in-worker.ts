import { codeIsMissing } from '../../../code/missing-code';
import { type HelperWorker, startHelper } from '../../helper-workers';
import { NetworkError } from '../errors';
import { damagedHdf5, type ExtractHdf5 } from './contents';
import type { Hdf5Reply } from './worker';

/** Longest time for a file, milliseconds and milliseconds a megabyte: a damaged one might lead round in circles. */
const PATIENCE = 30_000;
const PATIENCE_A_MEGABYTE = 200;

/** Bytes of a file up to which the library's memory is small enough to be kept for the next one. */
const SMALL = 32e6;

/** A worker that has read a file well, for the next one: browsers give back only part of what starting the library takes. */
let waiting: HelperWorker | null = null;

/**
 * Reads an HDF5 file in a worker: the library is loaded when such a file is opened, and a file that breaks or stops it breaks
 * nothing else. The worker serves the next file too; it is ended after a large one, whose memory is given back so, and after
 * one that failed.
 */
export const extractInWorker: ExtractHdf5 = async (request, signal) => {
  signal.throwIfAborted();
  const worker = waiting ?? startHelper('hdf5');
  waiting = null;
  const isSmall = request.length <= SMALL;
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
  let isSound = false;
  try {
    const contents = await promise;
    isSound = true;
    return contents;
  } finally {
    clearTimeout(patience);
    signal.removeEventListener('abort', stop);
    worker.onmessage = null;
    worker.onerror = null;
    if (isSound && isSmall && waiting === null) waiting = worker;
    else worker.terminate();
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
