import type { Architecture } from '../../training/architecture/architecture';
import { type Cost, costOf } from '../../training/architecture/training-cost';
import { filterLayout } from './filter-groups';
import type { RankedFilter } from './rank-filters';
import type { Cut, CutCost, ShrunkGroup } from './shrunk-groups';
import { withoutFilters } from './without-filters';

type Costs = Pick<Cost, 'parameters' | 'multiplyAdds'>;

/** How much cheaper one cost is than another, as a share. */
export function costGone(before: Costs, after: Costs, of: CutCost = 'both'): number {
  const parameters = 1 - after.parameters / before.parameters;
  const multiplyAdds = 1 - after.multiplyAdds / before.multiplyAdds;
  if (of === 'both') return (parameters + multiplyAdds) / 2;
  return of === 'parameters' ? parameters : multiplyAdds;
}

/**
 * The filters of a step: from the first in the order on, until what is left costs less by `cut`, of no group more than `most` of its
 * filters, and never the last one.
 * @param ranked first of all the one to go
 */
export function chooseFilters(
  architecture: Architecture,
  ranked: readonly RankedFilter[],
  { cut, most, of }: Cut,
): ShrunkGroup[] {
  const room = new Map(
    filterLayout(architecture).groups.map(({ name, filters }) => [
      name,
      Math.min(filters - 1, Math.max(1, Math.floor(most * filters))),
    ]),
  );
  const allowed = ranked.filter(({ group }) => {
    const left = room.get(group) ?? 0;
    room.set(group, left - 1);
    return left > 0;
  });
  const before = costOf(architecture);
  const isEnough = (count: number) =>
    costGone(before, costOf(withoutFilters(architecture, removed(allowed.slice(0, count)))), of) >= cut;
  let [low, high] = [1, allowed.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle + 1;
  }
  return [...removed(allowed.slice(0, high))].map(([group, filters]) => ({ group, filters }));
}

/** By group, in the order in which the groups are met; filters by number. */
function removed(filters: readonly RankedFilter[]): Map<string, number[]> {
  const byGroup = new Map<string, number[]>();
  for (const { group, filter } of filters) byGroup.set(group, [...(byGroup.get(group) ?? []), filter]);
  return new Map([...byGroup].map(([group, own]) => [group, own.sort((a, b) => a - b)]));
}
