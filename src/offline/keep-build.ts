import { storeErrorOf } from '../storage/store-error';
import { type KeptBuilds, keptBuilds } from './kept-builds';
import { bytesOf, listName, type PageFile, type PageFiles } from './page-files';

/** What keeping works with. */
export interface Keeper {
  caches: CacheStorage;
  fetch(address: string, options: RequestInit): Promise<Response>;
  /** Address of the page's folder. */
  scope: string;
  /** Path of the open page's own script, by which it knows its build. */
  script: string;
  /** Tells whether a page is open that has this file as its script. */
  used(): Promise<(path: string) => boolean>;
  /** Resolves when there is nothing better to do. */
  idle(): Promise<unknown>;
  onProgress(bytes: number, of: number): void;
}

export type Kept =
  /** Everything is kept, this many bytes of it. */
  | { state: 'kept'; bytes: number }
  /** Not everything could be kept, by fault of the browser's store or of the host; the second half of a sentence. */
  | { state: 'stopped'; by: 'store' | 'host'; reason: string }
  /** The host has another build than the page that is open; that one keeps itself when it is opened. */
  | { state: 'newer' };

/**
 * Keeps all files of the page's build, some in every idle moment and each checked by its hash. What was kept before, also by a visit that
 * ended in the middle, is not fetched again.
 */
export async function keepBuild(keeper: Keeper): Promise<Kept> {
  const { caches, scope, script } = keeper;
  const kept = keptBuilds(caches, scope);
  const hosted = await fetchList(keeper);
  try {
    const build = hosted ?? (await kept.builds()).find((known) => hasFile(known, script));
    if (!build) return { state: 'stopped', by: 'host', reason: 'its host cannot be reached' };
    if (!hasFile(build, script)) return { state: 'newer' };
    const missing = await kept.missing(build);
    if (missing.length > 0 && !hosted)
      return { state: 'stopped', by: 'host', reason: 'its host cannot be reached' };
    await kept.begin(build);
    const stopped = await fetchAll(keeper, kept, build, missing);
    if (stopped) return { state: 'stopped', by: 'host', reason: stopped };
    if (hosted) await kept.forgetOthers(build, await keeper.used());
    return { state: 'kept', bytes: bytesOf(build) };
  } catch (error) {
    return { state: 'stopped', by: 'store', reason: storeErrorOf(error).reason };
  }
}

const hasFile = ({ files }: PageFiles, path: string) => files.some((file) => file.path === path);

/** The files of the build that the host has now; null where it does not say. */
async function fetchList({ fetch, scope }: Keeper): Promise<PageFiles | null> {
  try {
    const response = await fetch(new URL(listName, scope).href, { cache: 'no-cache', priority: 'low' });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** What is kept in one idle moment: many small files, or a large one. A browser's idle moments are up to a fifth of a second apart. */
const moment = { files: 32, bytes: 1_000_000 };

/** Files in their order, as many together as one idle moment takes. */
function byMoments(files: readonly PageFile[]): PageFile[][] {
  const groups: PageFile[][] = [];
  for (const file of files) {
    const group = groups.at(-1);
    if (group && group.length < moment.files && bytesOf({ files: group }) + file.bytes <= moment.bytes)
      group.push(file);
    else groups.push([file]);
  }
  return groups;
}

/** @returns why it came to no end, as the second half of a sentence; null where it did */
async function fetchAll(
  keeper: Keeper,
  kept: KeptBuilds,
  build: PageFiles,
  missing: readonly PageFile[],
): Promise<string | null> {
  const once = missing.filter(({ sha256 }, i) => missing.findIndex((file) => file.sha256 === sha256) === i);
  const of = bytesOf(build);
  let bytes = of - bytesOf({ files: once });
  /** @returns the file where its host does not give it */
  const keep = async (file: PageFile) => {
    const response = await fetchFile(keeper, file);
    if (!response) return file;
    await kept.put(file, response);
    bytes += file.bytes;
    keeper.onProgress(bytes, of);
    return null;
  };
  keeper.onProgress(bytes, of);
  for (const group of byMoments(once)) {
    await keeper.idle();
    // Also where one fails the others are kept before this ends.
    const outcomes = await Promise.allSettled(group.map(keep));
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') throw outcome.reason;
      if (outcome.value) return `its host cannot be reached, or has no ${outcome.value.path} any more`;
    }
  }
  return null;
}

/** What the browser has of it may be of another build; what the host has is asked for then. */
async function fetchFile({ fetch, scope }: Keeper, { path, sha256 }: PageFile): Promise<Response | null> {
  for (const cache of ['default', 'reload'] as const) {
    try {
      const address = new URL(path, scope).href;
      const response = await fetch(address, { cache, integrity: `sha256-${sha256}`, priority: 'low' });
      if (response.ok) return response;
    } catch {}
  }
  return null;
}
