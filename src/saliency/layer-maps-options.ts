import type * as tf from '@tensorflow/tfjs-core';
import type { Checkpoint, ReadNode } from '../network/run-network';
import type { Kept } from '../network/targets/explained';
import type { Target } from '../network/targets/target';
import type { AttentionChoice } from './attention/raw-attention';
import type { SaliencyMethod } from './method-names';

export interface LayerMapsOptions {
  methods: readonly SaliencyMethod[];
  /** Nodes whose maps are wanted, in order. */
  layers: readonly number[];
  /** What is explained; null for the class with the highest logit. */
  target: Target | Kept;
  checkpoint: Checkpoint;
  /** Called once with a way to read what any node yields for the picture. */
  onOutputs?(read: ReadNode): Promise<void>;
  /** Whether maps are the first principal component of what the channels say, for methods that sum them. */
  eigen?: boolean;
  /** Whose attention the method `attention` shows; left out, the class token's, or all tokens' without one, by all heads. */
  attention?: AttentionChoice;
  /** Told while methods of many passes run. */
  onProgress?(progress: PassesProgress): void;
  /** Told after every variant of the picture whose maps are averaged. */
  onVariant?(done: number, of: number): void;
}

/** How far a method of one pass a channel has come. */
export interface PassesProgress {
  method: SaliencyMethod;
  /** Position among the layers asked for, from 0, of `layers`. */
  layer: number;
  layers: number;
  name: string;
  /** Share of the work of all layers, 0..1. */
  fraction: number;
  /** Milliseconds left at the present pace; null before the first batch. */
  left: number | null;
}

export interface LayerMaps {
  logits: Float32Array;
  /** The class that is explained, or the number that is none; null where it is no one of them. */
  target: number | null;
  /** What is explained, for the picture: that class's logit, or another score. */
  value: number;
  /** Maps [h, w] by method and node, owned by the caller. */
  maps: Map<SaliencyMethod, Map<number, tf.Tensor2D>>;
  /** Milliseconds of the forward pass. */
  forwardMs: number;
}
