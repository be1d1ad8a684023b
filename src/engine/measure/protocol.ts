import type { EntropyOptions, Sign, SignLink } from '../../semiotics';
import type { MapData } from '../protocol';

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

export interface SignMeasurement {
  layers: { signs: Sign[] }[];
  links: SignLink[];
  milliseconds: number;
}

/** What the measuring worker can be asked. Progress is the measurement as far as it has come. */
export interface MeasureMethods {
  measure: { request: MeasureRequest; result: Measurement; progress: Measurement };
  signs: { request: SignRequest; result: SignMeasurement; progress: never };
}
