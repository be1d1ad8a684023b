import type { EntropyChartData } from '../entropy/entropy-chart-data';

/** A sign that carries the decision; its place in the list is its rank by mass. */
export interface CardSign {
  /** Closed polygons on the grid, as `signOutlines` gives them. */
  readonly outline: readonly Int32Array[];
  /** Column and row of its greatest pixel. */
  readonly peak: readonly [number, number];
  /** What the class logit loses without it; null where that is not known. */
  readonly weight: number | null;
  /** The weight and the share of the evidence as they are printed. */
  readonly weightText: string;
  readonly shareText: string;
}

export interface DecisionCardData {
  /** The picture as a data URL, so that the figure stands alone; width over height. */
  readonly picture: string;
  readonly aspect: number;
  /** What is explained, and its probability as printed, or the number itself. */
  readonly label: string;
  readonly probabilityText: string;
  /** What carries the decision, in words. */
  readonly sentence: string;
  readonly predictions: readonly {
    readonly label: string;
    /** Null where the output stands for no classes: there is no bar then. */
    readonly probability: number | null;
    readonly text: string;
    readonly explained: boolean;
  }[];
  readonly signs: readonly CardSign[];
  /** What a sign's weight is counted in, for the head of its column. */
  readonly lost: string;
  /** Logits at the end of a sign's bar. */
  readonly barEnd: number;
  /** How many signs there are beyond those. */
  readonly more: number;
  readonly grid: { readonly width: number; readonly height: number };
  /** Name of the layer the signs are of. */
  readonly layer: string;
  readonly entropy: EntropyChartData;
  readonly caption?: string;
}
