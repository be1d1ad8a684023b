import { create } from 'zustand';

/** Whether everything the page can do is kept in this browser, for use without a network. */
export type OfflineState =
  /** Where no service worker runs, as where the page is served from this very machine. */
  | { state: 'none' }
  | { state: 'keeping'; bytes: number; of: number }
  | { state: 'kept'; bytes: number }
  /** `reason` is the second half of a sentence. */
  | { state: 'stopped'; reason: string };

export const useOffline = create<{ kept: OfflineState }>()(() => ({ kept: { state: 'none' } }));
