import { seededRandom } from '../../semiotics';
import { costOf } from '../../training/architecture/training-cost';
import { superizationOf } from '../block-steps';
import type { BlockStep, SearchOptions, SearchOrder, TriedNetwork } from '../search-state';
import { type FilterGroup, filterLayout } from './filter-groups';
import type { FilterMeasures } from './filter-measures';
import { withoutFilters } from './without-filters';

/** A filter with its place in an order. */
export interface RankedFilter {
  group: string;
  /** From 0, in its group. */
  filter: number;
  /** Of its group, where the order goes layer by layer; else 0. The smaller goes first, and last what was not measured (null). */
  first: number | null;
  /** Among the filters of groups of equal `first`. */
  then: number | null;
}

export interface FilterRequest {
  order: SearchOrder;
  options: Pick<SearchOptions, 'beyondNull'>;
  network: TriedNetwork;
  /** Groups that may lose filters. */
  groups: readonly FilterGroup[];
  /** Of the random order: the run's seed and the number of the step. */
  seed: number;
  step: number;
}

/**
 * All filters of some groups, first of all the one to go.
 *
 * By superization: the group whose convolutions do least of it, in it the filters whose maps have least structure and that carry least of
 * the signs, both by their places among the filters of the group. Most parameters: the group that has most of them, in it by chance.
 * All widths alike: the same share of every group, smallest norm first. The others: over all groups by what they measure.
 */
export function rankFilters(request: FilterRequest): RankedFilter[] {
  const measures = new Map((request.network.filters ?? []).map((each) => [each.group, each]));
  const rank = ranks[request.order](request);
  return request.groups
    .flatMap((group) =>
      Array.from({ length: group.filters }, (_, filter): RankedFilter => {
        const [first, then] = rank(group, filter, measures.get(group.name));
        return { group: group.name, filter, first, then };
      }),
    )
    .sort((a, b) => compare(a.first, b.first) || compare(a.then, b.then));
}

type Rank = (
  group: FilterGroup,
  filter: number,
  measured: FilterMeasures | undefined,
) => readonly [first: number | null, then: number | null];

const ranks: Record<SearchOrder, (request: FilterRequest) => Rank> = {
  semiotic: ({ network, options }) => {
    const worths = new Map<string, number[]>();
    return (group, filter, measured) => {
      const { structure, signs } = measured ?? {};
      const step = groupStep(network, group);
      const first = step && superizationOf(step, options.beyondNull);
      if (!structure || !signs) return [first, null];
      if (!worths.has(group.name)) {
        const [byStructure, bySigns] = [placesAmong(structure), placesAmong(signs)];
        worths.set(
          group.name,
          byStructure.map((place, i) => (place + bySigns[i]) / 2),
        );
      }
      return [first, worths.get(group.name)?.[filter] ?? null];
    };
  },
  random: ({ seed, step }) => {
    const random = seededRandom(Math.imul(seed + 1, 0x9e3779b1) + step);
    return () => [0, random.next()];
  },
  l1: () => (_, filter, measured) => [0, measured?.norm[filter] ?? null],
  parameters: ({ network, seed, step }) => {
    const random = seededRandom(Math.imul(seed + 1, 0x9e3779b1) + step);
    const { parameters } = costOf(network.architecture);
    const shares = new Map<string, number>();
    return (group) => {
      if (!shares.has(group.name)) shares.set(group.name, -parametersOf(network, group, parameters));
      return [shares.get(group.name) as number, random.next()];
    };
  },
  taylor: () => (_, filter, measured) => [0, measured?.taylor?.[filter] ?? null],
  scale: () => (_, filter, measured) => [0, measured?.scale?.[filter] ?? null],
  uniform: () => {
    const places = new Map<string, number[]>();
    return (group, filter, measured) => {
      if (!measured) return [0, null];
      if (!places.has(group.name)) places.set(group.name, placesAmong(measured.norm));
      return [0, places.get(group.name)?.[filter] ?? null];
    };
  },
};

/** Whether an order goes layer by layer, so that a group has a rank of its own. */
export const goesByGroup = (order: SearchOrder): boolean => order === 'semiotic' || order === 'parameters';

/** Parameters that a group has to itself: those that go with its filters, extrapolated from what goes with one. */
function parametersOf({ architecture }: TriedNetwork, { name, filters }: FilterGroup, all: number): number {
  if (filters < 2) return 0;
  return filters * (all - costOf(withoutFilters(architecture, new Map([[name, [0]]]))).parameters);
}

/** What the convolutions of a group do to the entropy, on the mean; null where none was measured. The profile has them in order. */
export function groupStep(
  { profile }: Pick<TriedNetwork, 'profile'>,
  { name, layers }: Pick<FilterGroup, 'name' | 'layers'>,
): BlockStep | null {
  const own = profile.flatMap((layer, index) =>
    layers.includes(layer.name) ? [{ layer, before: profile[index - 1] }] : [],
  );
  if (own.length === 0) return null;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const steps = own.filter(({ before }) => before !== undefined);
  const fall = (of: 'entropy' | 'null') =>
    steps.length > 0 ? mean(steps.map(({ layer, before }) => before[of] - layer[of])) : null;
  return {
    block: name,
    entropy: mean(own.map(({ layer }) => layer.entropy)),
    null: mean(own.map(({ layer }) => layer.null)),
    fall: fall('entropy'),
    nullFall: fall('null'),
    error: own.length === 1 ? own[0].layer.error : null,
  };
}

/** The place of every value among all of them, 0 .. 1, those of equal values the same. */
export function placesAmong(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return values.map((value) => {
    const [from, to] = [sorted.indexOf(value), sorted.lastIndexOf(value)];
    return ((from + to) / 2 + 0.5) / values.length;
  });
}

function compare(a: number | null, b: number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a - b;
}

/** All groups of a network that still have a filter to lose and were not put back. */
export const shrinkableGroups = (
  { architecture }: Pick<TriedNetwork, 'architecture'>,
  refused: ReadonlySet<string>,
): FilterGroup[] =>
  filterLayout(architecture).groups.filter(({ name, filters }) => filters > 1 && !refused.has(name));
