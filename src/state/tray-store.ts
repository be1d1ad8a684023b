import { create } from 'zustand';
import { tab } from '../storage/text-store';

/** One of several pictures of the reader's own. */
export interface TrayPicture {
  readonly id: string;
  readonly name: string;
  readonly file: Blob;
}

export interface TrayState {
  readonly pictures: readonly TrayPicture[];
  /** The one that is on its way to the screen, by its id; null when none is. */
  readonly aimed: string | null;
  /** Whether this tab had a tray before it was loaded again, which is still to be read. */
  readonly awaited: boolean;
  /** What is not there after a reload, in a sentence; null where all of it is. */
  readonly notKept: string | null;
}

/** What of a tray is found again by, in the memory of the tab. */
export const trayKey = 'tray';

/** Pictures that came together, to be walked through. Changed by its controller only. */
export const useTray = create<TrayState>()(() => ({
  pictures: [],
  aimed: null,
  awaited: Boolean(tab.get(trayKey)),
  notKept: null,
}));
