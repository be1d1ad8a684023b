import { StoreError, storeErrorOf } from './store-error';
import { cacheStorage, fileStorage } from './stored-files';
import { visits } from './text-store';

/** What is kept from one visit to the next, and whether its store is there at all; each throws where it is not. */
const stores: Record<string, () => unknown> = {
  'networks of your own': fileStorage,
  'studies and trainings': () => {
    if (!globalThis.indexedDB) throw new StoreError('absent');
  },
  'the choice of colours': () => {
    const problem = visits.problem();
    if (problem) throw problem;
  },
  'what works without a network connection': cacheStorage,
};

/** What this browser does not keep, as can be told without trying, in a sentence a reason; null where it keeps everything. */
export function notKept(): string | null {
  const byReason = new Map<string, string[]>();
  for (const [what, open] of Object.entries(stores)) {
    try {
      open();
    } catch (error) {
      const { reason } = storeErrorOf(error);
      byReason.set(reason, [...(byReason.get(reason) ?? []), what]);
    }
  }
  if (byReason.size === 0) return null;
  return [...byReason]
    .map(([reason, kept]) =>
      kept.length === Object.keys(stores).length
        ? `Nothing is kept for another visit: ${reason}.`
        : `Not kept for another visit: ${listed(kept)}, since ${reason}.`,
    )
    .join(' ');
}

const listed = (things: string[]) =>
  things.length < 2 ? things.join() : `${things.slice(0, -1).join(', ')} and ${things.at(-1)}`;
