import { useSyncExternalStore } from 'react';

/** What the page shows: the workspace, or the text about the method. */
export type Place = 'explain' | 'about';

/** The place that an address names by its part from `#` on: `#about`, or `#about/signs` for one of its sections. */
export const placeOf = (hash: string): Place => (/^#about(\/|$)/.test(hash) ? 'about' : 'explain');

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  window.addEventListener('popstate', listener);
  return () => {
    window.removeEventListener('hashchange', listener);
    window.removeEventListener('popstate', listener);
  };
}

export const usePlace = (): Place => useSyncExternalStore(subscribe, () => placeOf(location.hash));
