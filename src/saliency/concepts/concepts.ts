import type { AnalyseRequest } from '../analysis';

/** The factorised concepts of some layers of a picture. */
export interface ConceptsRequest extends Omit<AnalyseRequest, 'method' | 'only' | 'attention' | 'smooth'> {
  /** Names of the layers wanted; null for all. */
  layers: string[] | null;
  /** Most concepts of a layer. */
  count: number;
}

/** A class that a concept is taken for. */
export interface ConceptClass {
  readonly index: number;
  readonly probability: number;
}

/** One concept of a layer, and what it means to the network. */
export interface LayerConcept {
  /** height x width: the activation that it holds at every place, summed over channels. */
  readonly map: Float32Array;
  /** Its share of the activation that all concepts of the layer hold, 0..1. */
  readonly share: number;
  /**
   * What it adds to what is explained, to first order: the sum over places and channels of gradient times its part of the activation.
   */
  readonly worth: number;
  /**
   * What the network's end says where every place holds it as its strongest place does, the most probable classes first; null where
   * that end reads where things are, or does not tell classes.
   */
  readonly classes: readonly ConceptClass[] | null;
}

/** The concepts of one layer, that of the greatest share first. */
export interface LayerConcepts {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly concepts: readonly LayerConcept[];
  /** The share of the activation's sum of squares that they explain, 0..1. */
  readonly explained: number;
  /** The sum of gradient times activation of the whole layer: what the worths of its concepts sum to, but for what they leave out. */
  readonly worth: number;
}
