import { useExplain } from '../../../state/explain-store';
import { lessMotion } from '../../../ui/less-motion';
import { nearestShown } from '../layers/shown-layers';
import { moveTo, selectLayer } from '../selection';
import { animate } from './animate';
import { settledAt } from './player';

/** Which layer a hand means that is between two of them. */
type Nearest = (position: number) => number;

/** Moves to a place between the layers under the hand; from layer to layer for who asks for less motion. */
export function scrub(position: number, nearest: Nearest = nearestShown): void {
  moveTo(lessMotion() ? nearest(position) : position);
}

/** The hand lets go of a chart: on to the nearest layer that has a column. */
export const letGo = (): void => settle(nearestShown);

/** The hand lets go: on to the nearest layer. */
export function settle(nearest: Nearest): void {
  const from = useExplain.getState().position;
  if (Number.isInteger(from)) return;
  const to = nearest(from);
  if (lessMotion()) selectLayer(to);
  else animate((elapsed) => settledAt(from, elapsed, to), to);
}
