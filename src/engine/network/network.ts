import type { Tensor } from '@tensorflow/tfjs-core';

/** What a layer does, in the words the page uses. */
export type LayerKind = 'input' | 'convolution' | 'pooling' | 'dense' | 'other';

/** One layer of a network: how to compute it, and how to pull a gradient back through it. */
export interface NetworkNode {
  readonly name: string;
  readonly kind: LayerKind;
  /** Indices of the nodes whose outputs this one reads; empty for the input. */
  readonly inputs: readonly number[];
  /** Shape of the output without the batch, [h, w, c] for feature maps. */
  readonly shape: readonly number[];
  /** Output tensor, owned by the caller. */
  forward(inputs: Tensor[]): Tensor;
  /**
   * Gradients with respect to each input, owned by the caller.
   * @param dy gradient of the class score with respect to `output`, same shape as `output`
   */
  backward(dy: Tensor, inputs: Tensor[], output: Tensor): Tensor[];
}

/** A convolutional classifier in evaluation mode: nodes in topological order, ending in the logits. */
export interface Network {
  readonly nodes: readonly NetworkNode[];
  /** Height, width, channels of the picture it reads. */
  readonly inputShape: readonly [number, number, number];
  /** Index of the node that yields the logits, shape [classes]. */
  readonly output: number;
  /** Frees every weight. */
  dispose(): void;
}

/** Nodes whose output is a feature map of one of `kinds`, in order. */
export function featureLayers(network: Network, kinds: readonly LayerKind[]): number[] {
  return network.nodes.flatMap((node, index) =>
    kinds.includes(node.kind) && node.shape.length === 3 ? [index] : [],
  );
}
