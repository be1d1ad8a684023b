import { useExplain } from '../../../state/explain-store';
import { lessMotion } from '../../../ui/less-motion';
import { moveTo, selectLayer } from '../selection';
import { animate } from './animate';
import { settledAt } from './player';

/** Moves to a place between the layers under the hand; from layer to layer for who asks for less motion. */
export function scrub(position: number): void {
  moveTo(lessMotion() ? Math.round(position) : position);
}

/** The hand lets go: on to the nearest layer. */
export function letGo(): void {
  const from = useExplain.getState().position;
  if (Number.isInteger(from)) return;
  if (lessMotion()) selectLayer(from);
  else animate((elapsed) => settledAt(from, elapsed), Math.round(from));
}
