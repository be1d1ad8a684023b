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

/** Bits of infinity. Above it are numbers that are none. */
export const INFINITE = 0x7f800000;

/** Without the sign. */
const MAGNITUDE = 0x7fffffff;

/**
 * Bits of the greatest magnitude among some numbers: 0 where all are zero, `INFINITE` or more where one is not finite. Magnitudes are ordered
 * as their bits are, which as whole numbers are compared in half of the time.
 */
export function greatestBits(values: Float32Array): number {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  let greatest = 0;
  // By index: an analysis has a hundred thousand values, which iterators and calls take ten times as long for.
  for (let i = 0; i < bits.length; i++) {
    const magnitude = bits[i] & MAGNITUDE;
    if (magnitude > greatest) greatest = magnitude;
  }
  return greatest;
}

/** Bits of the greatest number above zero, else 0; numbers below zero are whole numbers below zero too. */
function greatestAboveZero(values: Float32Array): number {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  let greatest = 0;
  for (let i = 0; i < bits.length; i++) if (bits[i] > greatest) greatest = bits[i];
  return greatest;
}

const numberOf = (bits: number) => new Float32Array(Int32Array.of(bits).buffer)[0];

/** A layer with what its map tells of itself. */
export function saliencyLayer(layer: Omit<SaliencyLayer, 'maximum' | 'outcome'>): SaliencyLayer {
  const { values } = layer.map;
  const greatest = greatestBits(values);
  const maximum = numberOf(greatest > INFINITE ? greatest : greatestAboveZero(values));
  return { ...layer, maximum, outcome: greatest === 0 ? 'none' : 'evidence' };
}
