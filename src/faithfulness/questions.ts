import type { AnalyseRequest } from '../saliency/analysis';
import type { SaliencyMethod } from '../saliency/method-names';
import type { MapData } from '../semiotics/map-data';
import type { RandomisationOrder } from './randomisation-steps';

/** What every question about a decision names: the picture, the network and what is explained. */
export type DecisionRequest = Omit<AnalyseRequest, 'method'>;

export interface WeighRequest extends DecisionRequest {
  layers: {
    /** Of the layer whose activation is masked. */
    name: string;
    /** Input grid, row-major: the id of the sign a pixel lies in, -1 outside. */
    labels: Int32Array;
    /** Mass of every sign, by id. */
    masses: number[];
  }[];
  /** Whether every sign is also weighed at the input, its region of the picture blurred. */
  atInput: boolean;
}

/** What the class logit, or what else is explained, loses without a region: before minus after. Positive: it speaks for it. */
export interface MaskedWeight {
  /** With the layer's activation masked there. */
  weight: number;
  /** With the picture blurred there; null where that was not measured. */
  atInput: number | null;
}

export interface LayerWeights {
  /** By id; null for a sign that was masked together with the others only. */
  signs: (MaskedWeight | null)[];
  /** The lesser signs beyond the most that are weighed one by one, masked all at once. */
  others: (MaskedWeight & { count: number }) | null;
  /** All signs of the layer masked at once; null where that is not known. */
  together: MaskedWeight | null;
}

export interface SignWeights {
  /** Of the class, or what else is explained, on the whole picture. */
  logit: number;
  /** In the order of the request. */
  layers: LayerWeights[];
}

export interface CurvesRequest extends DecisionRequest {
  map: MapData;
  /** Steps from the first pixel to the last. */
  steps: number;
  /** Shuffled maps to compare with. */
  shuffles: number;
  seed: number;
}

/** The class along a curve, from no pixel to all of them. */
export interface Curve {
  /** steps + 1 values each; no probabilities where the output stands for no classes, or something else is explained. `logit` is what is explained. */
  probability: number[] | null;
  logit: number[];
  /** Mean height of the curves, by the trapezoid rule over shares 0 .. 1 of the pixels. */
  area: { probability: number | null; logit: number };
}

export interface CurvePair {
  /** Pixels blurred, most salient first: the lower, the better the map. */
  deletion: Curve;
  /** Pixels brought back into the blurred picture, most salient first: the higher, the better. */
  insertion: Curve;
}

export interface DecisionCurves extends CurvePair {
  /** The same with the map's pixels shuffled, one pair a shuffle. */
  shuffled: CurvePair[];
}

export interface RandomiseRequest extends DecisionRequest {
  method: SaliencyMethod;
  /** Names of the layers whose maps are compared; null for all. */
  layers: string[] | null;
  /** Left out, from the last layer down. */
  order?: RandomisationOrder;
  /** Randomised networks at every step. */
  draws: number;
  seed: number;
}

export interface RandomisedWeights {
  order: RandomisationOrder;
  /** The layer that each step randomises: with those of the steps before it, unless each is randomised by itself. */
  randomised: string[];
  layers: {
    name: string;
    /**
     * For every step the rank correlation with the trained network's map, one value a draw; null where a map is the
     * same everywhere and has no ranks.
     */
    similarity: (number | null)[][];
  }[];
}
