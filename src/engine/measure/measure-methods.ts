import type { EntropyOptions, EvidenceDifference, LinkedSigns, Sign } from '../../semiotics';
import type { MapData } from '../../semiotics/map-data';

export interface MeasureRequest {
  maps: MapData[];
  /** Size every map is resized to before it is measured; null for each layer's own. */
  grid: { width: number; height: number } | null;
  entropy: EntropyOptions;
  /** Shuffled maps behind each null model. */
  shuffles: number;
  seed: number;
}

/** Entropies of one layer's map. Bits, unless the measure is a ratio. */
export interface LayerMeasurement {
  value: number;
  /** Spatial mutual information, where the measure is Altieri's; `value` is then the residual entropy. */
  mutual: number | null;
  /** The aura entropies, whatever the measure: marginal + conditional is the joint entropy. */
  marginal: number;
  conditional: number;
  /** Null until enough shuffles are measured. */
  null: { mean: number; sd: number } | null;
  structure: number | null;
  /**
   * Means of the aura entropies over the same shuffled maps, and the standard deviation of their sum, the joint entropy; bits. Null
   * until the null model is finished.
   */
  nullAura: { marginal: number; conditional: number; sd: number } | null;
}

export interface Measurement {
  layers: LayerMeasurement[];
  /** Milliseconds for the values, without their null models. */
  milliseconds: number;
}

export interface SignRequest {
  maps: MapData[];
  /** The network's input size, on which signs are found and compared. */
  grid: { width: number; height: number };
  /** Least persistence and cut-off, as shares of each map's maximum. */
  tau: number;
  theta: number;
}

/** The signs of one layer on the grid. */
export interface LayerSigns {
  signs: Sign[];
  /** height x width of the grid, row-major: the id of the sign a pixel lies in, -1 outside. */
  labels: Int32Array;
}

export interface SignMeasurement {
  /** Size on which signs were found and compared. */
  grid: { width: number; height: number };
  layers: LayerSigns[];
  /** How signs are aggregated from layer to layer. */
  linked: LinkedSigns;
  milliseconds: number;
}

export interface NullSignRequest extends SignRequest {
  /** Shuffled maps behind each null model. */
  shuffles: number;
  seed: number;
}

/** For every layer, how many signs its shuffled maps have; null where that is not known yet. */
export type NullSignCounts = ({ mean: number; sd: number } | null)[];

export interface CompareMapsRequest {
  maps: MapData[];
  /** For each map the one it is likened to, of the same size; null for none. */
  references: (MapData | null)[];
  /** As in {@link MeasureRequest}. */
  grid: MeasureRequest['grid'];
  entropy: EntropyOptions;
}

/** One map beside its reference. */
export interface ComparedMap {
  /** Entropy in the measure asked for. */
  entropy: number;
  /** Correlations with the reference at the maps' own resolution; null without one or where a map is constant. */
  linear: number | null;
  rank: number | null;
}

export interface ContrastRequest {
  /** Pairs of maps, of any sizes. */
  pairs: { a: MapData; b: MapData }[];
}

/** What the measuring worker can be asked. Progress is the measurement as far as it has come. */
export interface MeasureMethods {
  measure: { request: MeasureRequest; result: Measurement; progress: Measurement };
  compare: { request: CompareMapsRequest; result: ComparedMap[]; progress: never };
  /** How the evidence of each pair of maps differs. */
  contrast: { request: ContrastRequest; result: EvidenceDifference[]; progress: never };
  signs: { request: SignRequest; result: SignMeasurement; progress: never };
  nullSigns: { request: NullSignRequest; result: NullSignCounts; progress: NullSignCounts };
}
