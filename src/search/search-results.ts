import type { Cost } from '../training/architecture/training-cost';
import { hypervolume } from './hypervolume';
import { paretoFront } from './pareto-front';
import { isWithinTolerance, type Run, runsOf } from './search-runs';
import type { SearchOrder, SearchState, TriedNetwork } from './search-state';

/** What a search is measured in. */
export const quantities = {
  parameters: (network: TriedNetwork) => network.parameters,
  multiplyAdds: (network: TriedNetwork) => network.multiplyAdds,
  latency: (network: TriedNetwork) => network.latency,
} as const satisfies Record<keyof Omit<Cost, 'activationBytes'> | 'latency', unknown>;
export type Quantity = keyof typeof quantities;

/**
 * What a run has come to: the network it stands at. A growing run that never came within the tolerance stands at its most
 * accurate one.
 */
export const resultOf = ({ current }: Run): TriedNetwork => current;

/**
 * The smallest network of all within the tolerance of its seed's reference, by parameters, then by accuracy on the validation
 * part; null where no reference is trained yet.
 */
export function bestNetwork(state: SearchState): TriedNetwork | null {
  const { networks, options } = state;
  const references = new Map(
    networks.filter(({ role }) => role === 'reference').map((network) => [network.seed, network]),
  );
  const sound = networks.filter((network) => {
    const reference = references.get(network.seed);
    return reference !== undefined && isWithinTolerance(network, reference, options.tolerance);
  });
  return sound.reduce<TriedNetwork | null>((best, network) => {
    if (!best || network.parameters < best.parameters) return network;
    const isEqual = network.parameters === best.parameters;
    return isEqual && network.validation.accuracy > best.validation.accuracy ? network : best;
  }, null);
}

/**
 * Networks that no other one outdoes, by rising cost. They are chosen by the validation part; whoever reports them takes their
 * accuracy on the test part, which is not the best of many.
 */
export const frontOf = (networks: readonly TriedNetwork[], quantity: Quantity): TriedNetwork[] =>
  paretoFront(networks, quantities[quantity], ({ validation }) => validation.accuracy);

/**
 * The area below the front of a run, costs as shares of the reference's: networks chosen by the validation part, accuracy on the test
 * part; what is as dear as the reference counts nothing.
 */
export function frontArea({ reference, steps, final }: Run, quantity: Quantity): number {
  const networks = [...steps, ...(final ? [final] : [])];
  const cost = quantities[quantity];
  return hypervolume(
    frontOf(networks, quantity).map((network) => ({
      cost: cost(network) / cost(reference),
      yields: network.test.accuracy,
    })),
  );
}

export interface Spread {
  mean: number;
  /** Of the values (n - 1); null for fewer than two. */
  deviation: number | null;
}

export interface OrderSummary {
  /** Null for the references. */
  order: SearchOrder | null;
  /** Seeds whose run is in it. */
  seeds: number[];
  blocks: Spread;
  parameters: Spread;
  multiplyAdds: Spread;
  latency: Spread;
  validationAccuracy: Spread;
  testAccuracy: Spread;
  /** Below the front of parameters and test accuracy, 0 .. 1; null for the references. */
  front: Spread | null;
  /** Networks trained in the run. */
  trainings: Spread;
  minutes: Spread;
}

/** Means and deviations over the seeds of what the references are and every order came to; orders without a run are left out. */
export function summaryOf(state: SearchState): OrderSummary[] {
  const references = state.networks.filter(({ role }) => role === 'reference');
  const runs = runsOf(state);
  const rows: OrderSummary[] = [];
  if (references.length > 0) {
    rows.push(
      summarised(
        null,
        references,
        references.map((network) => [network]),
        null,
      ),
    );
  }
  for (const order of state.options.orders) {
    const own = runs.filter((run) => run.order === order);
    if (own.length > 0)
      rows.push(
        summarised(
          order,
          own.map(resultOf),
          own.map(({ steps, final }) => (final ? [...steps, final] : steps)),
          own.map((run) => frontArea(run, 'parameters')),
        ),
      );
  }
  return rows;
}

function summarised(
  order: SearchOrder | null,
  results: readonly TriedNetwork[],
  tried: readonly (readonly TriedNetwork[])[],
  areas: readonly number[] | null,
): OrderSummary {
  const spread = (value: (network: TriedNetwork) => number) => spreadOf(results.map(value));
  return {
    order,
    seeds: results.map(({ seed }) => seed),
    blocks: spread(({ architecture }) =>
      architecture.stages.reduce((count, { blocks }) => count + blocks.length, 0),
    ),
    parameters: spread(quantities.parameters),
    multiplyAdds: spread(quantities.multiplyAdds),
    latency: spread(quantities.latency),
    validationAccuracy: spread(({ validation }) => validation.accuracy),
    testAccuracy: spread(({ test }) => test.accuracy),
    front: areas && spreadOf(areas),
    trainings: spreadOf(tried.map(({ length }) => length)),
    minutes: spreadOf(
      tried.map((steps) => steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 60_000),
    ),
  };
}

/** @param values at least one */
export function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean, deviation: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
