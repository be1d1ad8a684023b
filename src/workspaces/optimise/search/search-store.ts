import { create } from 'zustand';
import type { MoveProgress } from '../../../search/search';
import type { Move, SearchState } from '../../../search/search-state';
import type { NamedWeight } from '../../../training/architecture/named-weight';
import type { TrainingData } from '../../../training/training-methods';
import type { OptimiseSettings } from '../optimise-settings';

export type SearchPhase = 'idle' | 'opening' | 'running' | 'stopping' | 'stopped' | 'over';

/** A search as it is kept on the disk between visits. */
export interface StoredSearch {
  id: string;
  /** Milliseconds since 1970; null where an earlier version of the page kept it. */
  begun: number | null;
  state: SearchState;
  weights: { network: string; weights: NamedWeight[] }[];
  settings: OptimiseSettings;
}

export interface SearchOnPage {
  /** Of this search alone, under which it is kept; null for one from a file. */
  id: string | null;
  begun: number | null;
  phase: SearchPhase;
  state: SearchState | null;
  /** The network that is trained, or would be next. */
  next: Move | null;
  progress: MoveProgress | { text: string; fraction: number | null } | null;
  /** Of the references, of what every run stands at, and of the best network. */
  weights: { network: string; weights: NamedWeight[] }[];
  /** Settings that it was begun with; null for one from a file. */
  settings: OptimiseSettings | null;
  /** What it is trained on; null where that is not at hand, as for one from a file. */
  data: TrainingData | null;
  note: string | null;
  /** When that was, as `performance.now()` has it. */
  told: number;
}

/** The search on screen. Changed by its controller only. */
export const useSearch = create<SearchOnPage>()(() => ({
  id: null,
  begun: null,
  phase: 'idle',
  state: null,
  next: null,
  progress: null,
  weights: [],
  settings: null,
  data: null,
  note: null,
  told: 0,
}));
