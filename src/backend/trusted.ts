import { answered } from '../storage/answered';
import { cacheStorage } from '../storage/stored-files';

/**
 * Which backends have passed their self-test, kept between visits: a pass holds for the same backend on the same
 * adapter and for the same build of the engine, TensorFlow.js and kernels included, whose script's name holds
 * the hash of all that.
 */
const cacheName = 'supersign-self-tests';

/** @param backend the backend and its adapter or threads, in words */
export async function isTrusted(backend: string): Promise<boolean> {
  return (await inCache((cache) => cache.match(entry(backend)))) !== undefined;
}

/** Remembers a pass, and forgets those of other builds. */
export async function trust(backend: string): Promise<void> {
  await inCache(async (cache) => {
    for (const request of await cache.keys()) {
      if (new URL(request.url).searchParams.get('engine') !== engine()) await cache.delete(request);
    }
    await cache.put(entry(backend), new Response('passed'));
  });
}

const engine = () => new URL(self.location.href).pathname;

const entry = (backend: string) => `/self-test?${new URLSearchParams({ engine: engine(), backend })}`;

/** Longest wait for the cache in milliseconds; the test itself takes about as long. */
const patience = 3000;

/** Does nothing where there is no cache: in insecure contexts, in private windows, and in development, where scripts keep their names. */
async function inCache<Result>(work: (cache: Cache) => Promise<Result>): Promise<Result | undefined> {
  if (import.meta.env.DEV) return undefined;
  try {
    return await answered(cacheStorage().open(cacheName).then(work), patience);
  } catch {
    return undefined;
  }
}
