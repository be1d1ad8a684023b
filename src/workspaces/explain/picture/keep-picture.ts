import type { DBSchema } from 'idb';
import type { OpenPicture } from '../../../state/explain-store';
import { createDatabase } from '../../../storage/database';
import { tab } from '../../../storage/text-store';

/** A picture of the reader's own, which no address names. */
export interface KeptPicture {
  file: Blob;
  name: string;
}

interface Kept extends DBSchema {
  pictures: { key: string; value: KeptPicture & { at: number } };
}

const database = createDatabase<Kept>('supersign-pictures', 1, (created) => {
  created.createObjectStore('pictures');
});

/** Which of them is on screen in this tab, by the SHA-256 of its file. */
const onScreen = 'own-picture';

/** Pictures of so many tabs are kept, the last ones opened, and none that was opened longer ago, in milliseconds. */
const most = 8;
const longest = 7 * 24 * 3600_000;

/** Larger files, in bytes, are opened again by hand. */
const largest = 64e6;

/**
 * Begins to keep a picture for a reload of this tab, where it has no address. Where the browser keeps nothing, a reload shows what the
 * address says.
 * @returns to be called when it is on screen: from then on a reload shows it, and no longer the one before
 */
export function keepPicture(picture: OpenPicture): () => void {
  const { file, source, sha256 } = picture;
  const own = !source && file.size <= largest;
  if (own && tab.get(onScreen) !== sha256) void store(picture);
  return () => void tab.set(onScreen, own ? sha256 : '');
}

async function store({ file, name, sha256 }: OpenPicture): Promise<void> {
  try {
    await database.transact(['pictures'], 'readwrite', async (transaction) => {
      const pictures = transaction.objectStore('pictures');
      const at = Date.now();
      await pictures.put({ file, name, at }, sha256);
      const [keys, values] = await Promise.all([pictures.getAllKeys(), pictures.getAll()]);
      const newest = values.map((value, i) => ({ at: value.at, key: keys[i] })).sort((a, b) => b.at - a.at);
      const old = newest.filter((one, i) => i >= most || at - one.at > longest);
      await Promise.all(old.map(({ key }) => pictures.delete(key)));
    });
  } catch {
    // Not kept: a reload will not find it.
  }
}

/** The picture that was on screen in this tab before it was loaded again; null where none is kept, or the page was not reloaded. */
export async function pictureBeforeReload(): Promise<KeptPicture | null> {
  const sha256 = tab.get(onScreen);
  if (!sha256 || !cameBack()) return null;
  try {
    const kept = await database.transact(['pictures'], 'readonly', (transaction) =>
      transaction.objectStore('pictures').get(sha256),
    );
    return kept ?? null;
  } catch {
    return null;
  }
}

/** Whether this page stands where one stood before: it was loaded again, or the history led back to it. */
export function cameBack(): boolean {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return navigation?.type === 'reload' || navigation?.type === 'back_forward';
}
