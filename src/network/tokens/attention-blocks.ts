import { type Network, type NetworkNode, nodesBehind } from '../network';
import type { TokenPlaces } from './attention-probabilities';
import type { WindowSteps } from './window-steps';

/** A block of a transformer whose attention is between the tokens of a grid. */
export interface TokenBlock {
  /** Node that yields the probabilities P, [heads, N, N]; within windows [windows, heads, N, N]. */
  readonly probabilities: number;
  readonly heads: number;
  readonly places: TokenPlaces;
  /** How its windows were cut; null where all tokens look at all. */
  readonly windows: WindowSteps<number> | null;
  /** Node of the residual stream behind the block, [N, channels]. */
  readonly stream: number;
  /** Node that is offered as the layer of this block: the stream on its grid, or what a last block reads, or the stream itself. */
  readonly layer: number;
}

/**
 * The blocks of a network whose attention can be shown, from the first.
 * @param withWindows those whose tokens look within windows, too
 */
export function attentionBlocks(
  network: Pick<Network, 'nodes' | 'attention'>,
  withWindows = false,
): TokenBlock[] {
  const { nodes, attention } = network;
  return attention.flatMap(({ node, heads, places: ofAll, windows }, i) => {
    const cut = ofAll || !withWindows ? null : windows;
    const places = ofAll ?? (cut && { grid: cut.grid, first: 0, classToken: null });
    if (!places) return [];
    const next = attention[i + 1]?.node ?? nodes.length;
    const behind = nodesBehind(network, node);
    const isOwn = (index: number) => behind.has(index) && index < next;
    const map = nodes.findIndex(({ kind }, index) => kind === 'block' && isOwn(index));
    const stream = map >= 0 ? sourceOf(nodes, map) : lastSum(nodes, isOwn, nodes[node].shape.at(-1));
    const layer = map >= 0 ? map : (readBy(network, node) ?? stream);
    return stream === null || layer === null
      ? []
      : [{ probabilities: node, heads, places, windows: cut, stream, layer }];
  });
}

/** The tokens that were laid out as a map; they themselves where they lay so already. */
function sourceOf(nodes: readonly NetworkNode[], map: number): number {
  const isStep = (index: number) =>
    nodes[index].name.startsWith(`${nodes[map].name}, `) && !nodes[index].name.endsWith(', tokens');
  if (nodes[map].inputs.length !== 1) return map;
  let [source] = nodes[map].inputs;
  while (isStep(source)) [source] = nodes[source].inputs;
  return source;
}

/** The last sum of all tokens in a block. */
function lastSum(
  nodes: readonly NetworkNode[],
  isOwn: (index: number) => boolean,
  tokens: number | undefined,
): number | null {
  const found = nodes.findLastIndex(
    ({ kind, shape }, index) =>
      kind === 'addition' && isOwn(index) && shape.length === 2 && shape[0] === tokens,
  );
  return found < 0 ? null : found;
}

/** What a last block is shown by where nothing behind it can be: the map of what it reads. */
function readBy(network: Pick<Network, 'nodes'>, probabilities: number): number | null {
  const found = network.nodes.findLastIndex(
    ({ kind }, index) =>
      kind === 'block-input' && index < probabilities && nodesBehind(network, index).has(probabilities),
  );
  return found < 0 ? null : found;
}
