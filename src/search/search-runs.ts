import type { SearchOrder, SearchState, TriedNetwork } from './search-state';

/** The way of one order with one seed, as far as it has come. */
export interface Run {
  seed: number;
  order: SearchOrder;
  /** Networks tried in it, in time; those it shares with other runs are not among them. */
  steps: TriedNetwork[];
  /** The network it stands at: the last one that was kept, else the one it began with. */
  current: TriedNetwork;
  reference: TriedNetwork;
  /** Blocks whose change was put back. */
  refused: ReadonlySet<string>;
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
  const steps = state.networks.filter((network) => network.seed === seed && network.order === order);
  const refused = steps.filter(({ verdict }) => verdict === 'rejected');
  return {
    seed,
    order,
    steps,
    current: steps.findLast(({ verdict }) => verdict === 'kept') ?? start,
    reference,
    refused: new Set(refused.flatMap(({ change }) => change?.block ?? [])),
  };
}

/** All runs whose shared networks are trained, by seed, then by order. */
export const runsOf = (state: SearchState): Run[] =>
  state.options.seeds.flatMap((seed) =>
    state.options.orders.flatMap((order) => runOf(state, seed, order) ?? []),
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
