import type { SignRef } from '../../semiotics';
import { useExplain } from '../../state/explain-store';
import { writeAddress } from './address-writing';

const { getState, setState } = useExplain;

/** Selects a layer by its position; out of range means the first or the last. */
export function selectLayer(position: number): void {
  const { analysis } = getState();
  if (analysis) moveTo(Math.round(Math.max(0, Math.min(analysis.layers.length - 1, position))));
}

/** Moves to a place between the layers, or on one; the nearest becomes the selected one. */
export function moveTo(position: number): void {
  const { analysis, settings, layer } = getState();
  if (!analysis) return;
  const nearest = Math.round(position);
  if (nearest === layer) {
    setState({ position });
    return;
  }
  setState({ settings: { ...settings, layer: analysis.layers[nearest].name }, layer: nearest, position });
  writeAddress();
}

/** Follows one sign through all layers, in every figure, and holds it if asked to; null lets it go. */
export function follow(sign: SignRef | null, held = false): void {
  setState({ followed: sign, held: held && sign !== null });
}

/** Follows the sign under the pointer, or none; a sign that is held stays. */
export function pointAt(sign: SignRef | null): void {
  const { followed, held } = getState();
  const same = followed?.layer === sign?.layer && followed?.sign === sign?.sign;
  if (!held && !same) follow(sign);
}
