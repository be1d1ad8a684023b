import type { LayerKind } from '../network/network';
import type { MapData } from '../semiotics/map-data';

export interface SaliencyLayer {
  /** Position among the layers shown. */
  index: number;
  name: string;
  kind: LayerKind;
  /** Height, width, channels of the layer's output. */
  shape: [number, number, number];
  map: MapData;
  /** Largest saliency of the map; at least 0. */
  maximum: number;
  /** `none`: the map is zero everywhere, the layer holds no positive evidence. */
  outcome: 'evidence' | 'none';
  /** The last layer of the column that it can be folded into, of pairs and of blocks; left out where that is itself. */
  column?: { pair: number; block: number };
}

/** A layer with what its map tells of itself. */
export function saliencyLayer(layer: Omit<SaliencyLayer, 'maximum' | 'outcome'>): SaliencyLayer {
  const { values } = layer.map;
  // By index: an analysis has a hundred thousand values, which iterators and calls take ten times as long for.
  let maximum = 0;
  let isEmpty = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!(value <= maximum)) maximum = Math.max(maximum, value);
    if (value !== 0) isEmpty = false;
  }
  return { ...layer, maximum, outcome: isEmpty ? 'none' : 'evidence' };
}
