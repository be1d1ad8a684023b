import type { AnalyseResult } from '../../saliency/analysis';
import type { SignRef } from '../../semiotics';
import { useExplain } from '../../state/explain-store';
import { writeAddress } from './address-writing';

const { getState, setState } = useExplain;

/** A hand or an animation may still go by the layers of the picture before. */
const within = ({ layers }: AnalyseResult, position: number): number =>
  Math.max(0, Math.min(layers.length - 1, position));

/**
 * The layer that is shown of an analysis: the one that is asked for, else the last. Of a box, for which a detector has a head a size, the last
 * layer that holds evidence.
 */
export function layerFor({ layers, target }: AnalyseResult, name: string): number {
  const asked = layers.findIndex((layer) => layer.name === name);
  if (asked >= 0) return asked;
  const last = target.kind === 'box' ? layers.findLastIndex(({ outcome }) => outcome === 'evidence') : -1;
  return last >= 0 ? last : layers.length - 1;
}

/** Selects a layer by its position; out of range means the first or the last. */
export function selectLayer(position: number): void {
  const { analysis } = getState();
  if (analysis) moveTo(Math.round(within(analysis, position)));
}

/** Moves to a place between the layers, or on one; the nearest becomes the selected one. Out of range means the first or the last. */
export function moveTo(place: number): void {
  const { analysis, settings, layer } = getState();
  if (!analysis) return;
  const position = within(analysis, place);
  const nearest = Math.round(position);
  if (nearest === layer) {
    setState({ position });
    return;
  }
  setState({ settings: { ...settings, layer: analysis.layers[nearest].name }, layer: nearest, position });
  writeAddress();
}

/** Follows one sign through all layers, in every figure, and holds it if asked to; null lets it go, and so does a sign that is gone. */
export function follow(asked: SignRef | null, held = false): void {
  const sign = asked && getState().signs?.layers[asked.layer]?.signs[asked.sign] ? asked : null;
  setState({ followed: sign, held: held && sign !== null });
}

/** Follows the sign under the pointer, or none; a sign that is held stays. */
export function pointAt(sign: SignRef | null): void {
  const { followed, held } = getState();
  const same = followed?.layer === sign?.layer && followed?.sign === sign?.sign;
  if (!held && !same) follow(sign);
}
