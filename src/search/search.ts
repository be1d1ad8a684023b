import type { NamedWeight } from '../training/architecture/named-weight';
import { nextMove, recorded } from './next-move';
import { bestNetwork, resultOf } from './search-results';
import { runsOf } from './search-runs';
import {
  type Measurement,
  type Move,
  SearchError,
  type SearchState,
  type TriedNetwork,
} from './search-state';
import { keptWeights } from './warm-start';

/** What is told while a network is trained and measured. */
export interface MoveProgress {
  /** Share of the move, 0 .. 1. */
  fraction: number;
  /** What is going on, such as "Epoch 2 of 3". */
  text: string;
}

export interface MoveHooks {
  onProgress?(progress: MoveProgress): void;
  /** Lets messages in, and throws when the move is to be given up. */
  pause?(): Promise<void>;
}

/** Trains and measures networks; the search knows nothing else of training. */
export interface SearchTrainer {
  /** @param start weights to begin with; layers that are not among them begin at random */
  train(
    move: Move,
    start: readonly NamedWeight[] | null,
    hooks: MoveHooks,
  ): Promise<{ measurement: Measurement; weights: NamedWeight[] }>;
}

/** A search with the weights that it still needs. */
export interface Search {
  readonly state: SearchState;
  /** Of the references, of what each run stands at, and of the best network. */
  readonly weights: ReadonlyMap<string, readonly NamedWeight[]>;
  /** The network to train next; null when the search is over. */
  next(): Move | null;
  /**
   * Trains and measures the next network. When it is given up on the way, the search stays as it was.
   * @throws SearchError where a warm start lacks its weights
   */
  advance(hooks?: MoveHooks): Promise<TriedNetwork | null>;
}

/** Begins a search, or goes on with one: `state` tells how far it is. */
export function createSearch(
  state: SearchState,
  weights: ReadonlyMap<string, readonly NamedWeight[]>,
  trainer: SearchTrainer,
): Search {
  return new GreedySearch(state, new Map(weights), trainer);
}

class GreedySearch implements Search {
  constructor(
    public state: SearchState,
    public weights: Map<string, readonly NamedWeight[]>,
    private readonly trainer: SearchTrainer,
  ) {}

  next(): Move | null {
    return nextMove(this.state);
  }

  async advance(hooks: MoveHooks = {}): Promise<TriedNetwork | null> {
    const move = this.next();
    if (!move) return null;
    const { measurement, weights } = await this.trainer.train(move, this.startOf(move), hooks);
    this.state = recorded(this.state, move, measurement);
    this.weights.set(move.id, weights);
    this.forget();
    return this.state.networks.at(-1) as TriedNetwork;
  }

  private startOf({ from, architecture }: Move): NamedWeight[] | null {
    if (from === null) return null;
    const weights = this.weights.get(from);
    if (!weights) {
      throw new SearchError(
        `The search cannot go on from ${from}: its weights are missing. Open a search that was saved with its weights, or begin anew.`,
      );
    }
    return keptWeights(architecture, weights);
  }

  /** Frees weights that nothing can begin with any more. */
  private forget(): void {
    const needed = new Set(runsOf(this.state).map((run) => resultOf(run).id));
    for (const { id, role } of this.state.networks) if (role !== 'step') needed.add(id);
    const best = bestNetwork(this.state);
    if (best) needed.add(best.id);
    for (const id of this.weights.keys()) if (!needed.has(id)) this.weights.delete(id);
  }
}
