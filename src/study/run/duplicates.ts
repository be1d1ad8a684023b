import { picturesInWords } from '../../figures/study/study-figures';
import type { ImageEntry } from '../../picture/sets/image-set';
import { say } from '../../text/say';
import type { LeftOut } from '../study-data';

/** What is known of a set's pictures with the same bytes. */
export type Duplicates =
  | { state: 'looking'; done: number; of: number }
  /** Paths of those that are alike, in the set's order; every group has at least two. */
  | { state: 'found'; groups: string[][] }
  | { state: 'unknown'; reason: string };

/**
 * Finds pictures whose files are the same to the last byte. Only those with as many bytes as another one are read, so that
 * it costs little in most sets.
 * @param digest SHA-256 of a file; empty where that cannot be had
 * @param onProgress told of the pictures that were read, of all that have to be
 */
export async function findDuplicates(
  entries: readonly ImageEntry[],
  digest: (file: Blob) => Promise<string>,
  onProgress: (done: number, of: number) => void = () => {},
  signal?: AbortSignal,
): Promise<string[][]> {
  const bySize = grouped(entries, ({ bytes }) => String(bytes));
  const suspects = bySize.flat();
  const digests = new Map<ImageEntry, string>();
  for (const entry of suspects) {
    signal?.throwIfAborted();
    onProgress(digests.size, suspects.length);
    // One that cannot be read is like no other; what is wrong with it is told when it is studied.
    const file = await entry.read().catch(() => null);
    const found = file ? await digest(file) : `unread ${entry.path}`;
    if (found === '') throw new Error('this page is not served securely, so the browser compares no files');
    digests.set(entry, found);
  }
  return bySize
    .flatMap((alike) => grouped(alike, (entry) => digests.get(entry) as string))
    .map((alike) => alike.map(({ path }) => path));
}

/** All but the first of every group, among these pictures. */
export function leftOutOf(groups: readonly string[][], entries: readonly ImageEntry[]): LeftOut[] {
  const there = new Set(entries.map(({ path }) => path));
  return groups.flatMap((group) => {
    const [first, ...others] = group.filter((path) => there.has(path));
    return others.map((path) => ({ path, sameAs: first }));
  });
}

/** Pictures of a study that are the same, by what the study knows of their files; each with the first of its kind. */
export function duplicatesIn(images: readonly { path: string; sha256: string }[]): LeftOut[] {
  const known = images.filter(({ sha256 }) => sha256 !== '');
  return grouped(known, ({ sha256 }) => sha256).flatMap(([first, ...others]) =>
    others.map(({ path }) => ({ path, sameAs: first.path })),
  );
}

/** "3 images are exact duplicates of others" */
export const duplicatesInWords = (count: number): string =>
  count === 1
    ? say('1 image is an exact duplicate of another')
    : say('{images} are exact duplicates of others', { images: picturesInWords(count) });

/** As the list of them says it. */
export const sameInWords = ({ path, sameAs }: LeftOut) => ({
  path,
  reason: say('is the same as {path}', { path: sameAs }),
});

/** Groups of at least two items that have the same key, in the order of the items. */
function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}
