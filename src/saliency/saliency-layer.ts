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
  let maximum = 0;
  let isZero = true;
  for (const value of layer.map.values) {
    maximum = Math.max(maximum, value);
    if (value !== 0) isZero = false;
  }
  return { ...layer, maximum, outcome: isZero ? 'none' : 'evidence' };
}
