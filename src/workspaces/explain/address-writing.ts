import { formatAddress } from '../../state/address';
import { useExplain } from '../../state/explain-store';
import { placeOf, remember } from '../../state/place';

let lastWrite = 0;
let pendingWrite: ReturnType<typeof setTimeout> | undefined;

/**
 * Writes the settings into the address; another picture makes a new entry in the browser's history.
 * Browsers allow about 100 changes in 30 s, and scrubbing makes more: so those are gathered.
 */
export function writeAddress(anotherPicture = false): void {
  clearTimeout(pendingWrite);
  if (placeOf(location.hash) !== 'explain') {
    // Another network was chosen from another workspace: the way back must not undo that.
    remember('explain', formatAddress(useExplain.getState().settings));
    return;
  }
  const write = (way: 'pushState' | 'replaceState') => {
    lastWrite = performance.now();
    history[way](null, '', formatAddress(useExplain.getState().settings));
  };
  if (anotherPicture) {
    if (formatAddress(useExplain.getState().settings) !== location.hash) write('pushState');
    return;
  }
  const seen = location.hash;
  pendingWrite = setTimeout(
    () => {
      // An address that came since is newer, though the page may not have heard of it yet.
      if (location.hash === seen) write('replaceState');
    },
    Math.max(0, lastWrite + 350 - performance.now()),
  );
}

/** Gives up what was to be written: the address says something newer. */
export function dropPendingWrite(): void {
  clearTimeout(pendingWrite);
}
