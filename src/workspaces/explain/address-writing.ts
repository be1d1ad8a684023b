import { formatAddress } from '../../state/address';
import { useExplain } from '../../state/explain-store';
import { createNextCall } from '../../state/next-call';
import { placeOf, remember } from '../../state/place';

/** Least time between two changes of one entry, in milliseconds. */
const pause = 350;

const writer = createAddressWriter();

/**
 * Writes the settings into the address; another picture makes a new entry in the browser's history.
 * Browsers allow about 100 changes in 30 s, and scrubbing makes more: so those are gathered.
 */
export const writeAddress = (anotherPicture = false): void => writer.write(anotherPicture);

/** Gives up what was to be written: the address says something newer. */
export const dropPendingWrite = (): void => writer.drop();

function createAddressWriter() {
  const next = createNextCall();
  let last = 0;
  const put = (way: 'pushState' | 'replaceState') => {
    last = performance.now();
    history[way](null, '', formatAddress(useExplain.getState().settings));
  };
  return {
    drop: next.drop,
    write(anotherPicture: boolean): void {
      next.drop();
      const written = () => formatAddress(useExplain.getState().settings);
      // Another network was chosen from another workspace: the way back must not undo that.
      if (placeOf(location.hash) !== 'explain') remember('explain', written());
      else if (!anotherPicture) {
        const seen = location.hash;
        next.after(Math.max(0, last + pause - performance.now()), () => {
          // An address that came since is newer, though the page may not have heard of it yet.
          if (location.hash === seen) put('replaceState');
        });
      } else if (written() !== location.hash) put('pushState');
    },
  };
}
