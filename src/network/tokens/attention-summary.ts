import { type Network, nodesBehind } from '../network';
import { attentionBlocks, type TokenBlock } from './attention-blocks';

/** What the attention of a network allows. */
export interface AttentionSummary {
  /** The most heads a block has. */
  readonly heads: number;
  /** Rows and columns of the tokens in the last block. */
  readonly grid: readonly [number, number];
  readonly hasClassToken: boolean;
  /** Whether all blocks have the same tokens, so that they can be followed from block to block. */
  readonly keepsTokens: boolean;
  /** Whether the tokens of every block can be taken through the head of the network. */
  readonly hasOwnScores: boolean;
  /** Whether the tokens of some blocks look within windows; absent in summaries of earlier versions. */
  readonly hasWindows?: boolean;
}

/** Null where no attention is between the tokens of a grid. */
export function attentionSummary(network: Network): AttentionSummary | null {
  const all = attentionBlocks(network, true);
  const blocks = all.filter(({ windows }) => windows === null);
  const last = all.at(-1);
  if (!last) return null;
  return {
    heads: Math.max(...all.map(({ heads }) => heads)),
    grid: last.places.grid,
    hasClassToken: last.places.classToken !== null,
    keepsTokens: keepTokens(network, blocks),
    hasOwnScores: haveOwnScores(network, blocks),
    hasWindows: blocks.length < all.length,
  };
}

/** Whether all attention of the network is between the same tokens of a grid: none is within windows, or of a class token alone. */
export const keepTokens = (
  { nodes, attention }: Pick<Network, 'nodes' | 'attention'>,
  blocks: readonly TokenBlock[],
): boolean =>
  blocks.length > 0 &&
  blocks.length === attention.length &&
  new Set(blocks.map(({ probabilities }) => nodes[probabilities].shape.at(-1))).size === 1;

/** Whether every block hands on tokens of one shape, and the head reads the last block's alone. */
export function haveOwnScores(network: Network, blocks: readonly TokenBlock[]): boolean {
  const { nodes, output } = network;
  const [first] = blocks;
  const last = blocks.at(-1);
  if (!last) return false;
  if (new Set(blocks.map(({ stream }) => nodes[stream].shape.join())).size > 1) return false;
  const behind = nodesBehind(network, last.stream);
  const early = nodesBehind(network, first.stream);
  const readsAnother = [...behind].some(
    (node) =>
      node !== last.stream && nodes[node].inputs.some((input) => early.has(input) && !behind.has(input)),
  );
  return behind.has(output) && !readsAnother;
}
