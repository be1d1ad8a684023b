import type * as tf from '@tensorflow/tfjs-core';
import type { LayerKind } from './layer-kind';
import type { Head } from './network-head';
import type { Operation } from './ops/operation';
import type { OutputReading } from './output-kind';
import type { BoxLayout } from './targets/box-layout';
import type { TokenPlaces } from './tokens/attention-probabilities';
import type { WindowSteps } from './tokens/window-steps';

export type { LayerKind };

/** One layer of a network: how to compute it, and how to pull a gradient back through it. */
export interface NetworkNode extends Operation {
  readonly name: string;
  readonly kind: LayerKind;
  /** Indices of the nodes whose outputs this one reads; empty for the input. */
  readonly inputs: readonly number[];
  /** Shape of the output without the batch, [h, w, c] for feature maps. */
  readonly shape: readonly number[];
  /**
   * Names in the file of all that is computed here, from the first: a convolution, its normalisation, its activation.
   * Empty for a step that belongs to the row of another node.
   */
  readonly parts: readonly string[];
  /** A convolution of every channel by itself. */
  readonly isDepthwise?: boolean;
  /** This node and some before it in one step. */
  readonly atOnce?: AtOnce;
}

/** A node computed at once with some before it, where nobody asks for what these yield. */
export interface AtOnce {
  /** Indices of the nodes that need not be computed then; none but these and the node itself reads them. */
  readonly skips: readonly number[];
  /** Indices of what is read in their place. */
  readonly inputs: readonly number[];
  /** Null where the backend, or these tensors, have no such step. */
  forward(inputs: tf.Tensor[]): tf.Tensor | null;
  /** Gradients towards each input, where they are had without what lies between, too; owned by the caller. */
  backward?(dy: tf.Tensor, inputs: tf.Tensor[]): tf.Tensor[];
}

/** The attention of one block, computed from the picture. */
export interface AttentionBlock {
  /**
   * Node whose output are the probabilities P: [batch, heads, N, N], or [batch, windows, heads, N, N]; a row for each token that reads,
   * which sums to 1.
   */
  readonly node: number;
  /** Its block as people call it, "blocks.3"; null where the attention is of none. */
  readonly block: string | null;
  readonly heads: number;
  /** N */
  readonly tokens: number;
  /** Where the tokens lie; null where they are those of windows, or fewer are read than read. */
  readonly places: TokenPlaces | null;
  /** How its windows were cut from a map; null where it looks within none, or within such as are not followed. */
  readonly windows: WindowSteps<number> | null;
  /** Whether it is between tokens that make no grid over the picture, and so has no map; left out where not. */
  readonly hasNoGrid?: boolean;
}

/** What a network tells of the places of a picture. */
export type Detail<Node> =
  /** What yields [h, w, classes], before their mean is taken. */
  | { readonly kind: 'places'; readonly node: Node }
  /** What yields a list of boxes [boxes, numbers], before their highest scores are taken. */
  | { readonly kind: 'boxes'; readonly node: Node; readonly layout: BoxLayout };

/** A network in evaluation mode: nodes in topological order, ending in the logits or in other numbers to explain. */
export interface Network {
  readonly nodes: readonly NetworkNode[];
  /** Height, width, channels of the picture it reads. */
  readonly inputShape: readonly [number, number, number];
  /** Index of the node that yields the logits, shape [classes]; of the numbers where they are no logits. */
  readonly output: number;
  /** The attention in it, from the first block on; empty where there is none. */
  readonly attention: readonly AttentionBlock[];
  /** What was cut from the end, so that `output` yields logits. */
  readonly head: Head;
  /** What its numbers are, and what of them is explained. */
  readonly reading: OutputReading;
  /** What it tells of places, beside the numbers at its end; left out where it tells nothing. */
  readonly detail?: Detail<number>;
  /** Frees every weight. */
  dispose(): void;
}

/** What a node is called where it is shown as a layer. */
export const layerName = ({ kind, name }: Pick<NetworkNode, 'kind' | 'name'>): string =>
  kind === 'input' ? 'input' : name;

/** What is said of a network none of whose layers has a map. */
export const noMaps =
  'No layer of this network lies in rows and columns over the picture, so no layer has a map. Choose a method at the input, such as Input × gradient, which needs none, and then this network.';

/** Nodes whose output is a feature map of one of `kinds`, in order. */
export function featureLayers(network: Network, kinds: readonly LayerKind[]): number[] {
  return network.nodes.flatMap((node, index) =>
    kinds.includes(node.kind) && node.shape.length === 3 ? [index] : [],
  );
}

/** What is explained of a network: its convolutions and blocks, and its pooling layers where they are wanted. */
export const explainedKinds = (pooling = false): LayerKind[] => [
  'convolution',
  'block',
  'block-input',
  ...(pooling ? (['pooling'] as const) : []),
];

/**
 * Nodes that yield a feature map of more than one place, whatever they do, in order. What only lays numbers out anew is left
 * out: its axes need not be those of the picture.
 */
export function operationLayers({ nodes }: Network): number[] {
  return nodes.flatMap(({ kind, shape }, index) => {
    const [height, width, channels] = shape;
    const isMap = channels !== undefined && shape.length === 3 && height * width > 1;
    return isMap && kind !== 'input' && kind !== 'other' ? [index] : [];
  });
}

/** The nodes themselves and all that read them, directly or not; of one node, in order. */
export function nodesBehind({ nodes }: Pick<Network, 'nodes'>, ...starts: number[]): Set<number> {
  const behind = new Set(starts);
  nodes.forEach(({ inputs }, index) => {
    if (inputs.some((input) => behind.has(input))) behind.add(index);
  });
  return behind;
}
