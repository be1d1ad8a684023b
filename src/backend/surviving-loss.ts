import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from './backend-names';
import type { BackendLostError, RunningBackend } from './choose-backend';

/**
 * Does work on a backend, and again on the next one where its device is lost meanwhile.
 * @param backendNow the backend to work on; after `leave`, another one
 * @param leave forgets what lived on the lost device
 * @throws whatever the work throws while the device is still there; AbortError
 */
export async function survivingLoss<Result>(
  signal: AbortSignal,
  backendNow: () => RunningBackend | Promise<RunningBackend>,
  work: (backend: RunningBackend) => Promise<Result>,
  leave: (error: BackendLostError) => void | Promise<void>,
): Promise<Result> {
  for (;;) {
    const backend = await backendNow();
    const done = work(backend);
    try {
      return await Promise.race([done, backend.lost]);
    } catch (error) {
      // What is still under way on a lost device fails when nobody waits any more.
      done.catch(() => {});
      signal.throwIfAborted();
      if (await backend.answers()) throw error;
      await leave(await backend.lost.catch((lost: BackendLostError) => lost));
    }
  }
}

/** Removes a backend whose device is lost, and notes why, so that it is not started again. */
export function giveUpBackend(
  { report: { name } }: RunningBackend,
  error: BackendLostError,
  failed: Map<BackendName, string>,
): void {
  failed.set(name, error.message);
  try {
    tf.removeBackend(name);
  } catch {
    // The device is gone: there is nothing left to free on it.
  }
}
