import type { DBSchema } from 'idb';
import { isOwnNetwork, labelsOf, type OwnNetwork, ownNetwork } from '../../../models/networks';
import type { LabelFile } from '../../../network/network-request';
import { formatAddress } from '../../../state/address';
import { type Carried, carriedNow } from '../../../state/carried';
import { useExplain } from '../../../state/explain-store';
import { placeOf } from '../../../state/place';
import { OWN_SECOND } from '../../../state/settings';
import { createDatabase } from '../../../storage/database';
import { reasonOf } from '../../../storage/store-error';
import { say } from '../../../text/say';
import { ownSecond } from '../target/second-picture';

/** What goes through a loading of the page: what neither the address nor the browser keeps. */
export interface HandedOver {
  /** When, in milliseconds since 1970. */
  at: number;
  /** The settings of Explain, as an address. */
  address: string;
  /** A picture that has no address. */
  picture: { file: Blob; name: string } | null;
  /** The picture that likeness is to, where it has no address; absent in what a page of an earlier version laid down. */
  second?: { file: Blob; name: string } | null;
  /** A network opened from files that is not kept in the browser. */
  network: (OwnNetwork & { labels: LabelFile | null }) | null;
  /** What other workspaces have open; absent in what a page of an earlier version laid down. */
  carried?: Partial<Carried>;
}

interface Kept extends DBSchema {
  kept: { key: string; value: HandedOver };
}

const database = createDatabase<Kept>('supersign-hand-over', 1, (created) => {
  created.createObjectStore('kept');
});

/** Longest wait for images on their way to the disk, in milliseconds: there may be gigabytes of them. */
const imagesPatience = 15 * 60_000;

/** What no page has taken after this many milliseconds is forgotten. */
const longest = 10 * 60_000;

/**
 * Lays picture, network and settings down for the page that is loaded next in this tab.
 * @returns null where all of them will be there, else a sentence about what will not
 */
export async function handOver(): Promise<string | null> {
  const { settings, picture, models } = useExplain.getState();
  const { model } = settings;
  const own = isOwnNetwork(model) ? ownNetwork(model) : null;
  const isKept = models.some(({ id, bytes }) => id === model && bytes !== null);
  const handed: HandedOver = {
    at: Date.now(),
    address: formatAddress(settings),
    picture: picture && !picture.source ? { file: picture.file, name: picture.name } : null,
    second: settings.alike === OWN_SECOND ? ownSecond() : null,
    network: own && !isKept ? { ...own, labels: labelsOf(model) } : null,
    carried: carriedNow(),
  };
  const id = `${handed.at}-${Math.random()}`;
  try {
    await layDown(id, handed);
  } catch (error) {
    const what = mostOf(handed);
    if (what)
      return say('{what} cannot be kept for the loading: {reason}.', { what, reason: reasonOf(error) });
  }
  const address = placeOf(location.hash) === 'explain' ? handed.address : location.hash;
  // The history's entry belongs to this tab and outlives the loading.
  history.replaceState({ handedOver: id }, '', address);
  return null;
}

const layDown = (id: string, handed: HandedOver) =>
  database.transact(
    ['kept'],
    'readwrite',
    async (transaction) => {
      const kept = transaction.objectStore('kept');
      const old = await kept.getAllKeys();
      await Promise.all(
        old.filter((key) => handed.at - Number.parseInt(key, 10) > longest).map((key) => kept.delete(key)),
      );
      await kept.put(handed, id);
    },
    handed.carried?.['study images'] || handed.carried?.study ? imagesPatience : undefined,
  );

/** What the reader would miss first; null where nothing is lost. */
function mostOf({ picture, network, carried }: HandedOver): string | null {
  if (carried?.['study images']) return say('The images open in Study');
  if (carried?.study) return say('The study on screen');
  if (picture) return say('Your picture');
  return network ? say('Your network') : null;
}

/** What the page before this one in the tab has laid down; null where it has not. */
export async function takeHandedOver(): Promise<HandedOver | null> {
  const id: unknown = history.state?.handedOver;
  if (typeof id !== 'string') return null;
  history.replaceState(null, '', location.hash || undefined);
  try {
    return await database.transact(['kept'], 'readwrite', async (transaction) => {
      const kept = transaction.objectStore('kept');
      const handed = await kept.get(id);
      await kept.delete(id);
      return handed ?? null;
    });
  } catch {
    return null;
  }
}
