import type { NamedWeight } from '../training/architecture/named-weight';
import { removedOf } from './filters/shrunk-groups';
import { weightsWithoutFilters } from './filters/without-filters';
import { nextMove, recorded } from './next-move';
import { bestNetwork, resultOf } from './search-results';
import { runsOf, sharedNetwork } from './search-runs';
import {
  GIVEN,
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

/** The network that others are measured beside, and learn from. */
export interface TrainedReference {
  network: TriedNetwork;
  weights: readonly NamedWeight[];
}

/** Trains and measures networks; the search knows nothing else of training. */
export interface SearchTrainer {
  /**
   * @param start weights to begin with; layers that are not among them begin at random
   * @param reference of the seed, with its weights where they are at hand; null for the reference itself
   */
  train(
    move: Move,
    start: readonly NamedWeight[] | null,
    hooks: MoveHooks,
    reference: TrainedReference | null,
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
    const { measurement, weights } = await this.trainer.train(
      move,
      this.startOf(move),
      hooks,
      this.referenceOf(move),
    );
    this.state = recorded(this.state, move, measurement);
    this.weights.set(move.id, weights);
    this.forget();
    return this.state.networks.at(-1) as TriedNetwork;
  }

  private startOf({ from, parent, architecture, change }: Move): NamedWeight[] | null {
    if (from === null) return null;
    const weights = this.weightsOf(from);
    const before = this.state.networks.find(({ id }) => id === parent);
    if (change?.filters && before) {
      return weightsWithoutFilters(before.architecture, weights, removedOf(change.filters));
    }
    return keptWeights(architecture, weights);
  }

  private weightsOf(network: string): readonly NamedWeight[] {
    const weights = this.weights.get(network);
    if (weights) return weights;
    throw new SearchError(
      `The search cannot go on from ${network}: its weights are missing. Open a search that was saved with its weights, or begin anew.`,
    );
  }

  /** A search that learns nothing from it goes on without its weights; latency then stands alone. */
  private referenceOf({ seed, role }: Move): TrainedReference | null {
    const network = role === 'reference' ? null : sharedNetwork(this.state, seed, 'reference');
    if (!network) return null;
    if (this.state.options.distillation) return { network, weights: this.weightsOf(network.id) };
    const weights = this.weights.get(network.id);
    return weights ? { network, weights } : null;
  }

  /** Frees weights that nothing can begin with any more. */
  private forget(): void {
    const needed = new Set(runsOf(this.state).map((run) => resultOf(run).id));
    for (const { id, role } of this.state.networks) {
      if (role === 'reference' || role === 'start') needed.add(id);
    }
    if (this.state.options.seeds.some((seed) => !sharedNetwork(this.state, seed, 'reference'))) {
      needed.add(GIVEN);
    }
    const best = bestNetwork(this.state);
    if (best) needed.add(best.id);
    for (const id of this.weights.keys()) if (!needed.has(id)) this.weights.delete(id);
  }
}
