import type { Network } from '../../network/network';
import type { NamedWeight } from '../../training/architecture/named-weight';
import type { Dataset } from '../../training/data/dataset';
import type { Move, SearchOptions } from '../search-state';
import type { FilterMeasures } from './filter-measures';
import { type SemioticHooks, semioticMeasures } from './semiotic-measures';
import { taylorMeasures } from './taylor-measures';
import { weightMeasures } from './weight-measures';

export interface MeasuredNetwork {
  move: Pick<Move, 'order' | 'architecture'>;
  network: Network;
  /** Of all layers. */
  weights: readonly NamedWeight[];
  /** Whose training pictures give the gradients, and whose held-out ones the maps. */
  data: Dataset;
}

/**
 * What the orders that may go on from a network need to know of its filters: its own order, or all of them where they share it.
 * @returns null where none of them goes by filters
 */
export async function measureFilters(
  { move, network, weights, data }: MeasuredNetwork,
  { orders, unit, profile }: Pick<SearchOptions, 'orders' | 'unit' | 'profile'>,
  hooks: SemioticHooks,
): Promise<FilterMeasures[] | null> {
  const going = move.order === null ? orders : [move.order];
  const needsTaylor = going.includes('taylor');
  if (unit === 'blocks' && !needsTaylor && !going.includes('scale')) return null;
  const { architecture } = move;
  const taylor = needsTaylor ? await taylorMeasures(architecture, weights, data, hooks) : null;
  const semiotic =
    unit === 'filters' && going.includes('semiotic')
      ? await semioticMeasures(architecture, network, data, profile, hooks)
      : null;
  return weightMeasures(architecture, weights).map((measured) => ({
    ...measured,
    ...(taylor && { taylor: taylor.get(measured.group) as number[] }),
    ...semiotic?.get(measured.group),
  }));
}
