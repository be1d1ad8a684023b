// A thread that reads one HDF5 file, for tools/node/host.ts; in a clone started by hdf5-thread.mjs.
import { parentPort } from 'node:worker_threads';

/** The worker of the page is handed the port through which it is spoken to. */
const worker = globalThis as unknown as { self: unknown; onmessage(event: { data: unknown }): void };
worker.self = globalThis;
await import('../../src/network/hdf5/hdf5-worker');
parentPort?.once('message', (data) => worker.onmessage({ data }));
