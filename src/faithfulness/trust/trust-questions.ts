import type { SaliencyMethod } from '../../saliency/method-names';
import type { RegionMask } from '../../semiotics/trust/region-mask';
import type { DecisionRequest } from '../questions';
import type { MapsByDraw } from './maps-by-draw';
import type { TrustMeasure } from './trust-measures';

/** Where the thing is that a map should find, at any size. */
export interface TrustMask {
  inside: RegionMask;
  width: number;
  height: number;
}

export interface TrustRequest extends DecisionRequest {
  methods: SaliencyMethod[];
  /** Names of the layers whose maps are measured; null for all. */
  layers: string[] | null;
  measures: TrustMeasure[];
  /** Left out, there is none, and measures of localisation are null. */
  mask?: TrustMask | null;
  /** Shares of the pixels that ROAD takes away, in percent; left out, 10 to 90. */
  percentages?: number[];
  /** Twins of the network, all weights randomised, that make maps beside it; left out for none. */
  draws?: number;
  seed: number;
  /** Seed by which all weights of the network are shuffled first; left out or null for the network as it was trained. */
  shuffled?: number | null;
}

/** Null where a map is zero everywhere, or a measure means nothing for it. */
export type TrustValues = Partial<Record<TrustMeasure, number | null>>;

export interface TrustResult {
  /** In the order of the request, as are the layers. */
  /** Of the network and its twins, where draws of these were asked for. */
  maps?: MapsByDraw;
  methods: { method: SaliencyMethod; layers: { name: string; values: TrustValues }[] }[];
}
