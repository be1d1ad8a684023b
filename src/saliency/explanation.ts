import type { SaliencyMethod } from './method-names';
import type { SaliencyLayer } from './saliency-layer';

export interface Explanation {
  logits: Float32Array;
  /** The class that is explained, or the number that is none; null where it is no one of them. */
  target: number | null;
  /** What is explained, for the picture: that class's logit, or another score. */
  value: number;
  layers: SaliencyLayer[];
  /** Milliseconds. */
  timings: { forward: number; saliency: number };
}

/** The same picture and class by several methods. */
export interface Comparison extends Omit<Explanation, 'layers'> {
  methods: { method: SaliencyMethod; layers: SaliencyLayer[] }[];
}
