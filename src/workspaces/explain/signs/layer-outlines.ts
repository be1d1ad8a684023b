import type { SignMeasurement } from '../../../engine/measure/measure-methods';
import { lineage, type OutlineLoop, type SignRef, signOutlines } from '../../../semiotics';

const known = new WeakMap<Int32Array, OutlineLoop[][]>();

/** The outlines of a layer's signs by id, in pixels of the grid on which signs are found. */
export function outlinesOf({ grid, layers }: SignMeasurement, layer: number): OutlineLoop[][] {
  const { labels } = layers[layer];
  const outlines = known.get(labels) ?? signOutlines(labels, grid.width, grid.height);
  known.set(labels, outlines);
  return outlines;
}

/** The sign of a layer at a place on its picture, in shares of width and height from 0 to below 1; null between signs. */
export function signAtPlace(
  { grid, layers }: SignMeasurement,
  layer: number,
  x: number,
  y: number,
): SignRef | null {
  const pixel = Math.floor(y * grid.height) * grid.width + Math.floor(x * grid.width);
  const sign = layers[layer]?.labels[pixel] ?? -1;
  return sign >= 0 ? { layer, sign } : null;
}

/** What one layer shows of a sign that is followed. */
export interface FollowedOutline {
  loops: OutlineLoop[];
  /**
   * `own`: the sign itself. `family`: what it came from or went into, in its own layer's place. `elsewhere`: this layer has
   * nothing of it, so that the sign's place is shown.
   */
  kind: 'own' | 'family' | 'elsewhere';
}

/** For every layer what to outline while a sign is followed. */
export function followedOutlines(signs: SignMeasurement, followed: SignRef): FollowedOutline[] {
  const family = lineage(signs.linked, followed);
  const own = outlinesOf(signs, followed.layer)[followed.sign];
  return signs.layers.map((_, layer) => {
    if (layer === followed.layer) return { loops: own, kind: 'own' };
    const here = family.filter((ref) => ref.layer === layer);
    if (here.length === 0) return { loops: own, kind: 'elsewhere' };
    return { loops: here.flatMap(({ sign }) => outlinesOf(signs, layer)[sign]), kind: 'family' };
  });
}
