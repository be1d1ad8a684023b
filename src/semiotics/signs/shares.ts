import { MapError } from '../semiotics-errors';
import type { Signs } from './find-signs';

/** The signs of a layer together with the map they were found on; all layers on one grid. */
export interface SignLayer extends Signs {
  /** height x width, row-major, on the input grid. */
  map: Float32Array;
}

/** The part of a sign's mass that lies inside a sign of another layer. */
export interface SignShare {
  from: number;
  to: number;
  /** Above 0, at most 1. */
  share: number;
}

/** Throws a `MapError` unless map and labels of all the layers have the same number of pixels. */
export function assertOneGrid(layers: readonly SignLayer[]): void {
  layers.forEach(({ labels, map }, index) => {
    const right = layers[0].map.length;
    if (labels.length !== right || map.length !== right) {
      throw new MapError(
        'size',
        `Signs are compared on one grid: layer 0 has ${right} pixels, layer ${index} has ${map.length} and ${labels.length} labels. Resize the maps before looking for signs.`,
      );
    }
  });
}

/**
 * Every `w_ij > 0` between two layers: the share of the mass of sign i of `from`, in the map of `from`, that lies inside
 * sign j of `to`. Ordered by i, then j. What is missing from 1 lies outside the signs of `to`.
 */
export function signShares(from: SignLayer, to: SignLayer): SignShare[] {
  assertOneGrid([from, to]);
  const columns = to.signs.length;
  const mass = new Float64Array(from.signs.length * columns);
  for (let pixel = 0; pixel < from.labels.length; pixel++) {
    const i = from.labels[pixel];
    if (i < 0) continue;
    const j = to.labels[pixel];
    if (j >= 0) mass[i * columns + j] += from.map[pixel];
  }
  const shares: SignShare[] = [];
  for (let i = 0; i < from.signs.length; i++) {
    for (let j = 0; j < columns; j++) {
      const inside = mass[i * columns + j];
      if (inside > 0) shares.push({ from: i, to: j, share: inside / from.signs[i].mass });
    }
  }
  return shares;
}
