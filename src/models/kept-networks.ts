import type { LabelFile } from '../network/network-request';
import { answered } from '../storage/answered';
import { withLock } from '../storage/locks';
import { storeErrorOf } from '../storage/store-error';
import { fileStorage } from '../storage/stored-files';
import type { OwnNetwork } from './networks';

/*
 * Networks kept from one visit to the next in the Origin Private File System: a folder each under `networks`, with the files by
 * their number and `about.json`, which is written last. A folder without it was left unfinished.
 */

const FOLDER = 'networks';
const ABOUT = 'about.json';
/** Tabs of the page take turns. */
const LOCK = 'supersign-kept-networks';

/** A network kept in the browser. */
export interface KeptNetwork {
  id: string;
  title: string;
  bytes: number;
  network: OwnNetwork;
  labels: LabelFile | null;
}

interface About {
  id: string;
  /** What it is called; as its id where it was kept before networks had names of their own. */
  title?: string;
  main: string;
  paths: string[];
  fingerprint: string;
  labels: LabelFile | null;
}

/** Whether the browser keeps files for this page at all: not in private windows of some, nor without a secure context. */
export function canKeep(): boolean {
  try {
    return fileStorage() !== undefined;
  } catch {
    return false;
  }
}

/** @throws StoreError */
const taking = <T>(mode: LockMode, work: (folder: FileSystemDirectoryHandle) => Promise<T>): Promise<T> =>
  inRoot(mode, async (root) => work(await answered(root.getDirectoryHandle(FOLDER, { create: true }))));

/** @throws StoreError */
const inRoot = <T>(mode: LockMode, work: (root: FileSystemDirectoryHandle) => Promise<T>): Promise<T> =>
  withLock(LOCK, { mode }, async () => work(await answered(fileStorage().getDirectory()))).catch((error) => {
    throw storeErrorOf(error);
  });

/** Longest wait in milliseconds for the networks of earlier visits; another tab may be writing one. */
const listPatience = 10_000;

/** A name that file systems take: no slash, no dots alone. */
const folderOf = (id: string) => `n-${encodeURIComponent(id)}`;

/** All networks that are kept, by name; unfinished ones are removed. @throws StoreError */
export async function keptNetworks(): Promise<KeptNetwork[]> {
  if (!canKeep()) return [];
  const listed = inRoot('exclusive', async (root) => {
    // Where there is no folder none is made: a browser without room could not.
    const folder = await answered(root.getDirectoryHandle(FOLDER).catch(nullIfNotFound));
    if (!folder) return [];
    const found: KeptNetwork[] = [];
    const unfinished: string[] = [];
    for await (const [name, handle] of folder.entries()) {
      const kept =
        handle.kind === 'directory' ? await readKept(handle as FileSystemDirectoryHandle) : 'unfinished';
      if (kept === 'unfinished') unfinished.push(name);
      else if (kept) found.push(kept);
    }
    for (const name of unfinished) await folder.removeEntry(name, { recursive: true });
    return found.sort((a, b) => a.id.localeCompare(b.id));
  });
  return answered(listed, listPatience);
}

function nullIfNotFound(error: unknown): null {
  if ((error as Error).name === 'NotFoundError') return null;
  throw error;
}

/** Null where it cannot be read now: what is whole may be read another time. */
async function readKept(folder: FileSystemDirectoryHandle): Promise<KeptNetwork | 'unfinished' | null> {
  const fileIn = async (name: string) => (await folder.getFileHandle(name)).getFile();
  try {
    const about: About = JSON.parse(await (await fileIn(ABOUT)).text());
    const { id, title = id, main, paths, fingerprint, labels } = about;
    const files = await Promise.all(paths.map(async (path, i) => ({ path, blob: await fileIn(String(i)) })));
    const bytes = files.reduce((sum, { blob }) => sum + blob.size, 0);
    return { id, title, bytes, network: { source: { kind: 'files', id, main, files }, fingerprint }, labels };
  } catch (error) {
    return (error as Error).name === 'NotFoundError' ? 'unfinished' : null;
  }
}

/**
 * Keeps the files of a network. Where that fails, nothing of it stays behind, and what was kept before stays.
 * @returns its size in bytes
 * @throws StoreError where the browser's storage is full, or is not to be had
 */
export async function keep(
  { source, fingerprint }: OwnNetwork,
  labels: LabelFile | null,
  title: string = source.id,
): Promise<number> {
  const { id, main, files } = source;
  const about: About = { id, title, main, paths: files.map(({ path }) => path), fingerprint, labels };
  return taking('exclusive', async (folder) => {
    try {
      const own = await folder.getDirectoryHandle(folderOf(id), { create: true });
      for (const [i, { blob }] of files.entries()) await write(own, String(i), blob);
      await write(own, ABOUT, new Blob([JSON.stringify(about)]));
    } catch (error) {
      await folder.removeEntry(folderOf(id), { recursive: true }).catch(() => {});
      throw error;
    }
    return files.reduce((sum, { blob }) => sum + blob.size, 0);
  });
}

/** Notes the names of a kept network's classes; null for its own. @throws StoreError */
export function keepLabels(id: string, labels: LabelFile | null): Promise<void> {
  return taking('exclusive', async (folder) => {
    const own = await folder.getDirectoryHandle(folderOf(id));
    const about: About = JSON.parse(await (await (await own.getFileHandle(ABOUT)).getFile()).text());
    await write(own, ABOUT, new Blob([JSON.stringify({ ...about, labels })]));
  });
}

/** Removes a network from the browser. @throws StoreError */
export const forget = (id: string): Promise<void> =>
  taking('exclusive', (folder) => folder.removeEntry(folderOf(id), { recursive: true }));

/** Writes all or nothing: what is written takes the file's place when it is closed. */
async function write(folder: FileSystemDirectoryHandle, name: string, content: Blob): Promise<void> {
  const file = await folder.getFileHandle(name, { create: true });
  const writable = await file.createWritable();
  await content.stream().pipeTo(writable);
}
