import type { SearchOrder, SearchState, TriedNetwork } from './search-state';

/** The way of one order with one seed, as far as it has come. */
export interface Run {
  seed: number;
  order: SearchOrder;
  /** Networks tried in it, in time; those it shares with other runs are not among them, nor is the last training. */
  steps: TriedNetwork[];
  /** The longer training of what it has come to; null before it, and where there is none. */
  final: TriedNetwork | null;
  /** The network it stands at: the last one that was kept, else the one it began with. */
  current: TriedNetwork;
  reference: TriedNetwork;
  /** Blocks, or groups of filters, whose change was put back. */
  refused: ReadonlySet<string>;
  /** Share of the cost that the next step takes, where filters go. */
  cut: number;
}

/** Why a run is over: nothing left to try, the budget spent, or, when growing, the reference reached. */
export type RunEnd = 'no-candidate' | 'budget' | 'reached';

/** What all orders of a seed share; null while it is not trained. */
export const sharedNetwork = (
  { networks }: SearchState,
  seed: number,
  role: 'reference' | 'start',
): TriedNetwork | null => networks.find((network) => network.seed === seed && network.role === role) ?? null;

/** Null while the networks that it begins with are not trained. */
export function runOf(state: SearchState, seed: number, order: SearchOrder): Run | null {
  const reference = sharedNetwork(state, seed, 'reference');
  const start = state.options.direction === 'grow' ? sharedNetwork(state, seed, 'start') : reference;
  if (!reference || !start) return null;
  const own = state.networks.filter((network) => network.seed === seed && network.order === order);
  const steps = own.filter(({ role }) => role === 'step');
  const final = own.find(({ role }) => role === 'final') ?? null;
  return {
    seed,
    order,
    steps,
    final,
    current: own.findLast(({ verdict }) => verdict === 'kept') ?? start,
    reference,
    ...refusals(state.options, steps),
  };
}

/** A step over several groups is tried again with half the cut, down to this share of the first. */
const LEAST_CUT = 1 / 8;

/**
 * What a run has learned from what was put back: a block is not tried again; of a step that took filters from several groups it is
 * not known which was needed, so the next one takes half as much, until there is one group alone, or the cut is small.
 */
function refusals(
  { unit, shrink }: SearchState['options'],
  steps: readonly TriedNetwork[],
): Pick<Run, 'refused' | 'cut'> {
  const refused = new Set<string>();
  let { cut } = shrink;
  for (const { change, verdict } of steps) {
    if (verdict !== 'rejected' || !change) continue;
    const groups = change.filters?.map(({ group }) => group) ?? [change.block];
    if (unit === 'blocks' || groups.length === 1 || cut <= shrink.cut * LEAST_CUT) {
      for (const group of groups) refused.add(group);
    } else {
      cut /= 2;
    }
  }
  return { refused, cut };
}

/** Whether a run belongs to the part of the search that is done here; runs are dealt out seed by seed, order by order. */
export function isMine({ options, shard }: SearchState, seed: number, order: SearchOrder): boolean {
  if (!shard) return true;
  const { seeds, orders } = options;
  const place = seeds.indexOf(seed) * orders.length + orders.indexOf(order);
  return place % shard.of === shard.index - 1;
}

/** All runs whose shared networks are trained, by seed, then by order. */
export const runsOf = (state: SearchState): Run[] =>
  state.options.seeds.flatMap((seed) =>
    state.options.orders.flatMap((order) =>
      isMine(state, seed, order) ? (runOf(state, seed, order) ?? []) : [],
    ),
  );

/** Whether a network is, on the validation part, no worse than the reference less the tolerance. */
export function isWithinTolerance(
  network: Pick<TriedNetwork, 'validation'>,
  reference: Pick<TriedNetwork, 'validation'>,
  tolerance: number,
): boolean {
  // Accuracies are whole counts divided by one number: what differs by less than this is equal.
  const rounding = 1e-9;
  return network.validation.accuracy >= reference.validation.accuracy - tolerance - rounding;
}

/**
 * Whether the budget of a run leaves room for another training. Minutes are spent in rounds, one training of every order each, so that
 * all orders have as many however busy the machine is; a round is not begun that would probably not end in time.
 */
export function hasBudget(state: SearchState, { seed, steps }: Run): boolean {
  const { budget, seeds } = state.options;
  const round = steps.length;
  if (budget.kind === 'trainings') return round < budget.trainings;
  const runs = runsOf(state);
  const beside = runs.filter((run) => run.seed === seed);
  const before = beside.flatMap((run) => run.steps.slice(0, round));
  const known = before.length > 0 ? before : runs.flatMap((run) => run.steps);
  const expected = known.length > 0 ? timeOf(known) / known.length : 0;
  const shared = state.networks.filter((network) => network.seed === seed && network.order === null);
  const going = beside.filter((run) => run.steps.length >= round).length;
  const share = (budget.minutes * 60_000) / seeds.length;
  return timeOf(shared) + timeOf(before) + going * expected < share;
}

const timeOf = (networks: readonly TriedNetwork[]) =>
  networks.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
