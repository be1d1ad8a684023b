import type { DBSchema } from 'idb';
import { type TrayPicture, trayKey } from '../../../state/tray-store';
import { createDatabase } from '../../../storage/database';
import { reasonOf } from '../../../storage/store-error';
import { tab } from '../../../storage/text-store';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { cameBack } from '../picture/keep-picture';

interface KeptPicture {
  tray: string;
  name: string;
  file: Blob;
  at: number;
}

interface Kept extends DBSchema {
  pictures: { key: string; value: KeptPicture };
}

/** What the tab remembers of its tray: which it is, and its pictures in their order. */
interface Remembered {
  tray: string;
  ids: string[];
}

const database = createDatabase<Kept>('supersign-trays', 1, (created) => {
  created.createObjectStore('pictures');
});

/** So many bytes of one tray are kept, of all tabs together, and for so many milliseconds. */
export const mostOfOne = 256e6;
const mostOfAll = 512e6;
const longest = 7 * 24 * 3600_000;

const keyOf = (tray: string, id: string) => `${tray}/${id}`;

/** The pictures of a tray that are kept: the first ones, as far as their bytes go. */
export function fitting(pictures: readonly TrayPicture[], most = mostOfOne): TrayPicture[] {
  const left = { bytes: most };
  return pictures.filter(({ file }) => {
    if (file.size > left.bytes) return false;
    left.bytes -= file.size;
    return true;
  });
}

/**
 * Keeps the pictures of this tab's tray for a reload; without pictures it is forgotten.
 * @returns what is not kept, in a sentence; null where everything is
 */
export async function keepTray(pictures: readonly TrayPicture[]): Promise<string | null> {
  const before = remembered();
  if (pictures.length === 0) tab.set(trayKey, '');
  if (pictures.length === 0 && !before) return null;
  const tray = before?.tray ?? crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  const kept = fitting(pictures);
  const missing = pictures.length - kept.length;
  try {
    await store(tray, kept);
  } catch (error) {
    if (pictures.length === 0) return null;
    tab.set(trayKey, '');
    return say('The tray will not be there after a reload: {reason}.', { reason: reasonOf(error) });
  }
  if (pictures.length > 0) tab.set(trayKey, JSON.stringify({ tray, ids: kept.map(({ id }) => id) }));
  if (missing === 0) return null;
  return say('After a reload {pictures} of {pictures2} will be missing: of a tray {mostOfOne} MB are kept.', {
    pictures: counted(missing, 'picture'),
    pictures2: pictures.length,
    mostOfOne: mostOfOne / 1e6,
  });
}

const store = (tray: string, pictures: readonly TrayPicture[]) =>
  database.transact(['pictures'], 'readwrite', async (transaction) => {
    const kept = transaction.objectStore('pictures');
    const [keys, values] = await Promise.all([kept.getAllKeys(), kept.getAll()]);
    const at = Date.now();
    const there = new Set(keys);
    const wanted = new Set(pictures.map(({ id }) => keyOf(tray, id)));
    const added = pictures.filter(({ id }) => !there.has(keyOf(tray, id)));
    const left = { bytes: mostOfAll - added.reduce((sum, { file }) => sum + file.size, 0) };
    const gone = values
      .map((value, i) => ({ value, key: keys[i] }))
      .sort((a, b) => Number(wanted.has(b.key)) - Number(wanted.has(a.key)) || b.value.at - a.value.at)
      .filter(({ value, key }) => {
        left.bytes -= value.file.size;
        if (value.tray === tray) return !wanted.has(key);
        return at - value.at > longest || left.bytes < 0;
      });
    await Promise.all([
      ...gone.map(({ key }) => kept.delete(key)),
      ...added.map(({ id, name, file }) => kept.put({ tray, name, file, at }, keyOf(tray, id))),
    ]);
  });

/** The tray that this tab had before it was loaded again; empty where it had none, or the page was not reloaded. */
export async function trayBeforeReload(): Promise<TrayPicture[]> {
  const before = remembered();
  if (!before) return [];
  if (!cameBack()) {
    tab.set(trayKey, '');
    return [];
  }
  const { tray, ids } = before;
  try {
    const found = await database.transact(['pictures'], 'readonly', (transaction) =>
      Promise.all(ids.map((id) => transaction.objectStore('pictures').get(keyOf(tray, id)))),
    );
    return found.flatMap((one, i) => (one ? [{ id: ids[i], name: one.name, file: one.file }] : []));
  } catch {
    return [];
  }
}

function remembered(): Remembered | null {
  try {
    const { tray, ids } = JSON.parse(tab.get(trayKey) || 'null') ?? {};
    return typeof tray === 'string' && Array.isArray(ids) ? { tray, ids } : null;
  } catch {
    return null;
  }
}
