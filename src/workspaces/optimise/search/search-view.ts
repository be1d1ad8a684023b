import type {
  FrontPoint,
  ProfileLayer,
  SearchFrontData,
  SearchProfilesData,
  SearchRun,
  SearchStrategy,
  SearchTreeData,
  TriedNetwork,
} from '../../../figures';
import { superizationOf } from '../../../search/block-steps';
import {
  bestNetwork,
  frontOf,
  type Quantity,
  quantities,
  resultOf,
  summaryOf,
} from '../../../search/search-results';
import { runOf, sharedNetwork } from '../../../search/search-runs';
import { outcomeWords, searchOrderNames, whyWords } from '../../../search/search-sentences';
import type { Move, SearchOrder, SearchState, TriedNetwork as Tried } from '../../../search/search-state';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { costOf } from '../../../training/architecture/training-cost';
import type { LayerProfile } from '../../../training/training-methods';
import { measureLabel } from '../training/training-profile-view';

const capital = (text: string) => text[0].toUpperCase() + text.slice(1);

export const strategyOf = (order: SearchOrder): SearchStrategy => ({
  id: order,
  title: capital(say(searchOrderNames[order])),
});

/** "− conv2_2", "+ conv3_3", "− 34 of conv4_1", in English, as files tell it; empty for a network that nothing was done to. */
function changeOf({ change, role }: Pick<Move, 'change' | 'role'>): string {
  if (role === 'final') return 'trained on';
  if (!change) return '';
  const { kind, block, filters } = change;
  if (!filters) return `${kind === 'remove' ? '−' : '+'} ${block}`;
  const count = filters.reduce((sum, group) => sum + group.filters.length, 0);
  return filters.length === 1 ? `− ${count} of ${block}` : `− ${count.toLocaleString('en')} filters`;
}

/** The same in the language of the page. */
export function changeInWords(move: Pick<Move, 'change' | 'role'>): string {
  const filters = move.change?.filters;
  if (move.role === 'final' || filters?.length !== 1) return say(changeOf(move));
  return say('− {count} of {block}', { count: filters[0].filters.length, block: move.change?.block });
}

/** The networks of one seed, or of all, with the one that is trained now. */
export function searchTreeData(state: SearchState, next: Move | null, seed: number | null): SearchTreeData {
  const seeds = state.options.seeds.filter((each) => seed === null || each === seed);
  const runs = seeds.flatMap((each) =>
    state.options.orders.flatMap((order, place): SearchRun[] => {
      const root = rootOf(state, each);
      if (!root) return [];
      const own = state.networks.filter((network) => network.seed === each && network.order === order);
      const ids = new Map([root, ...own].map(({ id }, at) => [id, at]));
      const networks = [root, ...own].map(
        (network): TriedNetwork => ({
          id: ids.get(network.id) as number,
          parent: network === root ? null : (ids.get(network.parent ?? '') ?? 0),
          change: network === root ? '' : changeInWords(network),
          accuracy: network.validation.accuracy,
          parameters: network.parameters,
          kept: network.verdict !== 'rejected',
        }),
      );
      if (next && next.seed === each && next.order === order) {
        networks.push({
          id: networks.length,
          parent: ids.get(next.parent ?? '') ?? 0,
          change: changeInWords(next),
          accuracy: null,
          parameters: costOf(next.architecture).parameters,
          kept: null,
        });
      }
      return networks.length > 1 ? [{ strategy: strategyOf(order), place, seed: each, networks }] : [];
    }),
  );
  return { runs };
}

/** What the runs of a seed begin with. */
const rootOf = (state: SearchState, seed: number): Tried | null =>
  sharedNetwork(state, seed, state.options.direction === 'grow' ? 'start' : 'reference');

/** What the axis of costs can count. */
export const costNames: Record<Quantity, string> = {
  parameters: 'parameters',
  multiplyAdds: 'multiply-adds',
  latency: 'milliseconds a picture',
};

/** Accuracy on the test part against a cost, for every network of all seeds; the references count for every order. */
export function searchFrontData(state: SearchState, quantity: Quantity): SearchFrontData {
  const { orders } = state.options;
  const shared = state.networks.filter(({ order }) => order === null);
  const point = (network: Tried, strategy: number): FrontPoint => ({
    strategy,
    name: say('{change}, seed {seed}', {
      change: changeInWords(network) || say(network.role),
      seed: network.seed,
    }),
    cost: quantities[quantity](network),
    accuracy: network.test.accuracy,
    kept: network.verdict !== 'rejected',
    first: network.order === null,
  });
  const points = orders.map((order, strategy) => {
    const own = state.networks.filter((network) => network.order === order);
    return { all: [...shared, ...own], strategy };
  });
  return {
    strategies: orders.map(strategyOf),
    points: points.flatMap(({ all, strategy }) => all.map((network) => point(network, strategy))),
    // Networks are chosen by the validation part; drawn is what the test part says of them.
    fronts: points.map(({ all, strategy }) =>
      frontOf(all, quantity).map((network) => point(network, strategy)),
    ),
    cost: say(costNames[quantity]),
  };
}

/** The entropies of a seed before and after the order by superization; null before there are both. */
export function searchProfilesData(state: SearchState, seed: number): SearchProfilesData | null {
  const run = runOf(state, seed, 'semiotic');
  const before = rootOf(state, seed);
  if (!run || !before || run.steps.length === 0) return null;
  const after = resultOf(run);
  return {
    measure: measureLabel(state.options.profile.measure),
    layers: profileLayers(before.profile, after.profile),
  };
}

/** The layers of both profiles in the order of their depth. */
export function profileLayers(
  before: readonly LayerProfile[],
  after: readonly LayerProfile[],
): ProfileLayer[] {
  const [old, young] = [before, after].map((layers) => new Map(layers.map((layer) => [layer.name, layer])));
  const names: string[] = before.map(({ name }) => name);
  // A layer that is new stands behind the one that it follows.
  after.forEach(({ name }, i) => {
    if (names.includes(name)) return;
    const place = i === 0 ? 0 : names.indexOf(after[i - 1].name) + 1;
    names.splice(place, 0, name);
  });
  return names.map((name) => ({
    name,
    before: old.get(name) ?? null,
    after: young.get(name) ?? null,
  }));
}

export interface LogLine {
  id: string;
  /** Seed and order. */
  where: string;
  why: string;
  /** Null while it is trained. */
  outcome: string | null;
  kept: boolean | null;
}

/** What was tried, step by step, with the reason and what came of it; the newest last. */
export function searchLog(state: SearchState, next: Move | null): LogLine[] {
  const where = ({ seed, order }: Move) =>
    order === null
      ? say('seed {seed}', { seed })
      : say('seed {seed}, {order}', { seed, order: say(searchOrderNames[order]) });
  const lines = state.networks.map((network): LogLine => {
    const reference = sharedNetwork(state, network.seed, 'reference');
    return {
      id: network.id,
      where: where(network),
      why: whyWords(network, state.options),
      outcome: outcomeWords(network, reference),
      kept: network.verdict !== 'rejected',
    };
  });
  if (!next) return lines;
  return [
    ...lines,
    { id: next.id, where: where(next), why: whyWords(next, state.options), outcome: null, kept: null },
  ];
}

const spread = (
  { mean, deviation }: { mean: number; deviation: number | null },
  text: (value: number) => string,
) => (deviation === null ? text(mean) : `${text(mean)} ± ${text(deviation)}`);

const whole = (value: number) => Math.round(value).toLocaleString('en');
const percent = (value: number) => `${(value * 100).toFixed(1)} %`;

/** The table of what every order came to, in words. */
export const summaryRows = (state: SearchState) =>
  summaryOf(state).map((row) => ({
    order: row.order === null ? say('Reference') : capital(say(searchOrderNames[row.order])),
    seeds: row.seeds.length,
    blocks: spread(row.blocks, (value) => value.toFixed(1)),
    parameters: spread(row.parameters, whole),
    multiplyAdds: spread(row.multiplyAdds, whole),
    latency: spread(row.latency, (value) => `${value.toFixed(2)} ms`),
    test: spread(row.testAccuracy, percent),
    validation: spread(row.validationAccuracy, percent),
    front: row.front ? spread(row.front, (value) => value.toFixed(3)) : '',
    trainings: spread(row.trainings, (value) => value.toFixed(1)),
    minutes: spread(row.minutes, (value) => value.toFixed(1)),
  }));

/** All networks tried, a record each, for a table. */
export const networkRows = (state: SearchState): Record<string, string | number | null>[] =>
  state.networks.map((network) => {
    const { change, validation, test } = network;
    const step = change?.step ?? null;
    return {
      id: network.id,
      seed: network.seed,
      order: network.order,
      role: network.role,
      parent: network.parent,
      change: changeOf(network),
      verdict: network.verdict,
      'validation accuracy': validation.accuracy,
      'test accuracy': test.accuracy,
      parameters: network.parameters,
      'multiply-adds': network.multiplyAdds,
      'latency ms': network.latency,
      superization: step ? superizationOf(step, state.options.beyondNull) : null,
      'training ms': Math.round(network.milliseconds),
    };
  });

/** So many decimals, and more where a value would be none. */
const decimals = (value: number, digits: number): string => {
  const text = value.toFixed(digits);
  return Number(text) === 0 && Math.abs(value) > 1e-6 ? decimals(value, digits + 1) : text;
};

/** The best network so far, with its distance from the reference in a sentence. */
export function bestInWords(state: SearchState): string | null {
  const best = bestNetwork(state);
  if (!best) return null;
  const reference = sharedNetwork(state, best.seed, 'reference') as Tried;
  const saved = 1 - best.parameters / reference.parameters;
  const points = (best.test.accuracy - reference.test.accuracy) * 100;
  if (best === reference)
    return say('The whole network is the best so far: nothing smaller is within the tolerance.');
  return say(
    'The smallest network within the tolerance has {parameters}, {saved} % fewer than the whole one, and names {share} of the test pictures right, {against}.',
    {
      parameters: counted(best.parameters, 'parameter'),
      saved: decimals(saved * 100, 0),
      share: percent(best.test.accuracy),
      against: distanceInWords(points),
    },
  );
}

function distanceInWords(points: number): string {
  if (Math.abs(points) < 1e-9) return say('as many as that');
  const words = { points: decimals(Math.abs(points), 1) };
  return points < 0 ? say('{points} points less', words) : say('{points} points more', words);
}
