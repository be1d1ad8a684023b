import { type Greatest, greatestIn, INFINITE } from '../backend/greatest';
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

const numberOf = (bits: number) => new Float32Array(Int32Array.of(bits).buffer)[0];

/**
 * A layer with what its map tells of itself.
 * @param greatest of the map's values, where that is known
 */
export function saliencyLayer(
  layer: Omit<SaliencyLayer, 'maximum' | 'outcome'>,
  { magnitude, aboveZero }: Greatest = greatestIn(layer.map.values),
): SaliencyLayer {
  const maximum = numberOf(magnitude > INFINITE ? magnitude : aboveZero);
  return { ...layer, maximum, outcome: magnitude === 0 ? 'none' : 'evidence' };
}
