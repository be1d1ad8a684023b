import type * as tf from '@tensorflow/tfjs-core';
import type { WeightShape } from '../architecture/parameter-layout';

/** What a layer's forward pass leaves behind for its way back. */
export interface LayerRun {
  output: tf.Tensor;
  /** Tensors that `pull` needs beside inputs and output; freed by the caller. */
  kept?: tf.Tensor[];
  /** Mean and biased variance of the batch [c], of a normalisation; owned by the caller. */
  statistics?: { mean: tf.Tensor; variance: tf.Tensor };
  /**
   * Gradients towards what the layer read and what it learned, from that towards its output; owned by the caller. Inputs and
   * output still live when it is called.
   * @param towardsInput false where nobody needs the gradients of the inputs
   */
  pull(dy: tf.Tensor, towardsInput: boolean): Pulled;
}

export interface Pulled {
  /** One an input; null where none is needed. */
  inputs: (tf.Tensor | null)[];
  weights: Partial<Record<WeightShape['role'], tf.Tensor>>;
}

/** The weight of a layer that has this role. */
export type WeightOf = (role: WeightShape['role']) => tf.Tensor;

/** Function behind a layer; null for none. */
export type Activation = 'relu' | 'tanh' | null;
