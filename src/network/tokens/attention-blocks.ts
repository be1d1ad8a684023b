import type { Network } from '../network';
import type { TokenPlaces } from './attention-probabilities';

/** A block of a transformer whose attention is between all tokens of a grid. */
export interface AttentionBlock {
  /** Node that yields the probabilities P, [heads, N, N]. */
  readonly probabilities: number;
  readonly heads: number;
  /** Node of the residual stream behind the block, [N, channels]. */
  readonly stream: number;
  /** Node that is offered as the layer of this block: the stream on its grid, or what a last block reads; null where it has none. */
  readonly layer: number | null;
  readonly places: TokenPlaces;
}

/** The blocks of a network whose attention can be shown, from the first. */
export function attentionBlocks({ attention }: Network): AttentionBlock[] {
  return attention.flatMap(({ node, heads, places, stream, layer }) =>
    places && stream !== null ? [{ probabilities: node, heads, places, stream, layer }] : [],
  );
}

/** Nodes behind `start`, itself included. */
export function nodesBehind({ nodes }: Pick<Network, 'nodes'>, start: number): Set<number> {
  const behind = new Set([start]);
  nodes.forEach(({ inputs }, index) => {
    if (inputs.some((input) => behind.has(input))) behind.add(index);
  });
  return behind;
}
