import type { Architecture } from '../training/architecture/architecture';
import { costOf } from '../training/architecture/training-cost';
import type { Recipe } from '../training/training-methods';
import { chooseFilters } from './filters/choose-filters';
import {
  goesByGroup,
  groupStep,
  type RankedFilter,
  rankFilters,
  shrinkableGroups,
} from './filters/rank-filters';
import { removedOf } from './filters/shrunk-groups';
import { withoutFilters } from './filters/without-filters';
import { decidingStep, rankCandidates } from './rank-candidates';
import {
  addableBlocks,
  oneBlockAStage,
  type PlacedBlock,
  removableBlocks,
  withBlock,
  withoutBlock,
} from './removals';
import {
  hasBudget,
  isMine,
  isWithinTolerance,
  type Run,
  type RunEnd,
  runOf,
  sharedNetwork,
} from './search-runs';
import {
  type Candidate,
  GIVEN,
  type Measurement,
  type Move,
  type SearchState,
  type TriedNetwork,
} from './search-state';

/** The next network to train; null when the search is over. Depends on nothing but the state. */
export function nextMove(state: SearchState): Move | null {
  const { seeds, direction } = state.options;
  for (const seed of seeds) {
    const orders = state.options.orders.filter((order) => isMine(state, seed, order));
    if (orders.length === 0) continue;
    if (!sharedNetwork(state, seed, 'reference')) return sharedMove(state, seed, 'reference');
    if (direction === 'grow' && !sharedNetwork(state, seed, 'start')) {
      return sharedMove(state, seed, 'start');
    }
    // In turns, so that all orders of a seed meet the machine in the same mood.
    const going = orders
      .map((order) => runOf(state, seed, order) as Run)
      .filter((run) => runEnd(state, run) === null)
      .sort((a, b) => a.steps.length - b.steps.length);
    if (going.length > 0) {
      const [run] = going;
      return endOfSteps(state, run) === null ? stepOf(state, run) : finalMove(state, run);
    }
  }
  return null;
}

/** Why a run is over; null while it goes on. */
export function runEnd(state: SearchState, run: Run): RunEnd | null {
  const owesFinal = state.options.finalEpochs > 0 && run.final === null && run.current.role === 'step';
  return owesFinal ? null : endOfSteps(state, run);
}

/** Why nothing more is changed in a run; a longer training of what it has come to may follow. */
function endOfSteps(state: SearchState, run: Run): RunEnd | null {
  const { direction, tolerance } = state.options;
  if (direction === 'grow' && isWithinTolerance(run.current, run.reference, tolerance)) return 'reached';
  const candidates =
    state.options.unit === 'filters' ? shrinkableGroups(run.current, run.refused) : candidatesOf(state, run);
  if (candidates.length === 0) return 'no-candidate';
  return hasBudget(state, run) ? null : 'budget';
}

/** The state with a move made and measured: the network is kept or not, by its validation part alone. */
export function recorded(state: SearchState, move: Move, measurement: Measurement): SearchState {
  const { parameters, multiplyAdds } = costOf(move.architecture);
  const verdict = verdictOn(state, move, measurement);
  const network: TriedNetwork = { ...move, ...measurement, parameters, multiplyAdds, verdict };
  return { ...state, networks: [...state.networks, network] };
}

function verdictOn(state: SearchState, move: Move, measurement: Measurement): TriedNetwork['verdict'] {
  if (move.role === 'reference' || move.role === 'start') return move.role;
  const { direction, tolerance } = state.options;
  const parent = state.networks.find(({ id }) => id === move.parent) as TriedNetwork;
  if (move.role === 'final') {
    return measurement.validation.accuracy >= parent.validation.accuracy ? 'kept' : 'rejected';
  }
  if (direction === 'prune') {
    const reference = sharedNetwork(state, move.seed, 'reference') as TriedNetwork;
    return isWithinTolerance(measurement, reference, tolerance) ? 'kept' : 'rejected';
  }
  return measurement.validation.accuracy > parent.validation.accuracy ? 'kept' : 'rejected';
}

function sharedMove(state: SearchState, seed: number, role: 'reference' | 'start'): Move {
  const { architecture, options, recipe } = state;
  return {
    id: `${seed}/${role}`,
    seed,
    order: null,
    role,
    parent: null,
    architecture: titled(
      role === 'start' ? oneBlockAStage(architecture) : architecture,
      `${architecture.title}, ${role}`,
    ),
    change: null,
    from: role === 'reference' && options.referenceEpochs === 0 ? GIVEN : null,
    recipe: {
      ...recipe,
      epochs: role === 'reference' ? options.referenceEpochs : Math.max(1, options.referenceEpochs),
      seed,
      patience: null,
    },
  };
}

const stepOf = (state: SearchState, run: Run): Move =>
  state.options.unit === 'filters' ? filterStep(state, run) : blockStep(state, run);

function filterStep(state: SearchState, run: Run): Move {
  const { options, architecture: whole } = state;
  const { current, seed, order, cut, refused } = run;
  const number = run.steps.length + 1;
  const groups = shrinkableGroups(current, refused);
  const ranked = rankFilters({ order, options, network: current, groups, seed, step: number });
  const filters = chooseFilters(current.architecture, ranked, { ...options.shrink, cut });
  const stages = new Map(groups.map(({ name, stage }) => [name, stage]));
  const stageOf = (group: string) => stages.get(group) as number;
  // Groups in the order in which they are met, each with its first filter's rank.
  const candidates = [...new Set(ranked.map(({ group }) => group))].map((group): Candidate => {
    const { first, then } = ranked.find((each) => each.group === group) as RankedFilter;
    return { block: group, stage: stageOf(group), rank: goesByGroup(order) ? first : then };
  });
  const [{ group }] = filters;
  const deciding = groups.find(({ name }) => name === group) as (typeof groups)[number];
  return {
    id: `${seed}/${order}/${number}`,
    seed,
    order,
    role: 'step',
    parent: current.id,
    architecture: titled(
      withoutFilters(current.architecture, removedOf(filters)),
      `${whole.title}, ${order} ${number}`,
    ),
    change: {
      kind: 'shrink',
      block: group,
      stage: stageOf(group),
      candidates,
      step: groupStep(current, deciding),
      filters,
    },
    from: options.warmStart ? current.id : null,
    recipe: stepRecipe(state, seed, number),
  };
}

function finalMove(state: SearchState, { current, seed, order, steps }: Run): Move {
  const recipe = stepRecipe(state, seed, steps.length + 1);
  return {
    id: `${seed}/${order}/final`,
    seed,
    order,
    role: 'final',
    parent: current.id,
    architecture: titled(current.architecture, `${state.architecture.title}, ${order} at last`),
    change: null,
    from: current.id,
    recipe: { ...recipe, epochs: state.options.finalEpochs },
  };
}

function blockStep(state: SearchState, run: Run): Move {
  const { options, architecture: whole } = state;
  const { current, seed, order } = run;
  const number = run.steps.length + 1;
  const removes = options.direction === 'prune';
  const candidates = rankCandidates({
    order,
    options,
    network: current,
    blocks: candidatesOf(state, run),
    costs: costOf(removes ? current.architecture : whole),
    seed,
    step: number,
  });
  const [{ block, stage }] = candidates;
  const changed = removes
    ? withoutBlock(current.architecture, block)
    : withBlock(current.architecture, whole, block);
  return {
    id: `${seed}/${order}/${number}`,
    seed,
    order,
    role: 'step',
    parent: current.id,
    architecture: titled(changed, `${whole.title}, ${order} ${number}`),
    change: {
      kind: removes ? 'remove' : 'add',
      block,
      stage,
      candidates,
      step: decidingStep(current, candidates[0], options),
    },
    from: options.warmStart ? current.id : null,
    recipe: stepRecipe(state, seed, number),
  };
}

/** The same for all orders: the seed changes with the step, so that a warm start sees its pictures in another order. */
function stepRecipe({ options, recipe }: SearchState, seed: number, number: number): Recipe {
  const { warmStart, warmLearningRate, epochs } = options;
  return {
    ...recipe,
    epochs,
    learningRate: warmStart ? recipe.learningRate * warmLearningRate : recipe.learningRate,
    seed: seed + 1000 * number,
    patience: null,
  };
}

function candidatesOf({ options, architecture }: SearchState, { current, refused }: Run): PlacedBlock[] {
  const blocks =
    options.direction === 'prune'
      ? removableBlocks(current.architecture)
      : addableBlocks(current.architecture, architecture);
  return blocks.filter(({ block }) => !refused.has(block.name));
}

const titled = (architecture: Architecture, title: string): Architecture => ({ ...architecture, title });
