import type { BackendPreference, BackendReport } from '../backend/backend-names';
import type { EngineProgress } from '../rpc/engine-progress';
import type { NamedWeight } from '../training/architecture/named-weight';
import type { DataSummary, TrainingData } from '../training/training-methods';
import type { MoveProgress } from './search';
import type { Move, SearchState, TriedNetwork } from './search-state';

/**
 * What the training worker can be asked about a search. It holds one, beside a training or without; who pauses asks for no further
 * move, who stops cancels the one that runs: the search is then as it was before it.
 */
export interface SearchMethods {
  /** A new search, or the one to go on with; a warm one goes on only with its weights. */
  openSearch: {
    request: {
      backend: BackendPreference;
      data: TrainingData;
      state: SearchState;
      weights: { network: string; weights: NamedWeight[] }[];
    };
    result: { data: DataSummary; backend: BackendReport; next: Move | null };
    progress: EngineProgress;
  };
  /** Trains, measures and judges one network; null where the search is over. */
  advanceSearch: {
    request: Record<never, never>;
    /** `held`: the networks whose weights can be asked for now. */
    result: { network: TriedNetwork | null; next: Move | null; held: string[] };
    progress: MoveProgress;
  };
  /** Weights that are held: of references, of what each run stands at, and of the best network. */
  searchWeights: {
    request: { networks: string[] | 'all' };
    result: { network: string; weights: NamedWeight[] }[];
    progress: never;
  };
  closeSearch: { request: Record<never, never>; result: null; progress: never };
}
