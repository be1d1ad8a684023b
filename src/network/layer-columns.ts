import type { LayerKind } from './layer-kind';
import type { NetworkNode } from './network';

/** What of a node tells with which others it belongs together. */
export type ColumnNode = Pick<NetworkNode, 'kind' | 'inputs' | 'isDepthwise'>;

/**
 * Which layers can share a column, as positions among the layers shown: for each of them the last one of its column. A layer that
 * stands by itself is its own last.
 */
export interface LayerColumns {
  /** A convolution with what is done to each of its numbers, a depthwise convolution with the pointwise one that reads it. */
  readonly pair: readonly number[];
  /** The same, and all that lies between where a network forks and where it joins again, with the sum or concatenation. */
  readonly block: readonly number[];
}

/** Layers between fork and join that are one block: more of them are a U-Net's, or those of a dense block, whose least has twelve. */
const LARGEST_BLOCK = 11;

/** What changes numbers one by one, or by a factor and an offset. */
const elementwise: readonly LayerKind[] = ['activation', 'normalisation'];

/**
 * Layers that belong together, by the graph alone: nothing else reads what is folded.
 * @param layers nodes that are shown, in order
 */
export function layerColumns(
  { nodes, output }: { readonly nodes: readonly ColumnNode[]; readonly output: number },
  layers: readonly number[],
): LayerColumns {
  const among = amongShown(nodes, output, layers);
  /** Whether the layer at `k` reads the one before it alone, and alone does so. */
  const follows = (k: number) =>
    k > 0 &&
    among.sources[k].size === 1 &&
    among.sources[k].has(k - 1) &&
    among.readers[k - 1].size === 1 &&
    among.readers[k - 1].has(k);
  const pairs = layers.map((node, k) => {
    if (!follows(k)) return false;
    const [before, own] = [nodes[layers[k - 1]], nodes[node]];
    if (elementwise.includes(own.kind)) return before.kind !== 'input' && before.kind !== 'padding';
    return own.kind === 'convolution' && (before.kind === 'padding' || awaitsPointwise(k - 1));
  });
  /** Whether the column that ends at `k` is a depthwise convolution and what follows it, so far. */
  function awaitsPointwise(k: number): boolean {
    let head = k;
    while (elementwise.includes(nodes[layers[head]].kind) && follows(head)) head--;
    return nodes[layers[head]].isDepthwise === true && nodes[layers[k + 1]].isDepthwise !== true;
  }
  const blocks = [...pairs];
  for (const { from, to } of regions(nodes, output)) {
    const inside = layers.flatMap((node, k) => (node > from && node <= to ? [k] : []));
    if (inside.length <= LARGEST_BLOCK) for (const k of inside.slice(1)) blocks[k] = true;
    // Within what is too large, the branches: from one fork or join to the next.
    else for (const k of inside.slice(1)) blocks[k] ||= follows(k);
  }
  return { pair: lastOfEach(pairs), block: lastOfEach(blocks) };
}

/** @param joined whether a layer shares the column of the one before */
function lastOfEach(joined: readonly boolean[]): number[] {
  const last = joined.map((_, k) => k);
  for (let k = joined.length - 2; k >= 0; k--) if (joined[k + 1]) last[k] = last[k + 1];
  return last;
}

/** For each layer shown, which others it reads and which read it, over nodes that are not shown; -1 for the picture and for the output. */
function amongShown(nodes: readonly ColumnNode[], output: number, layers: readonly number[]) {
  const place = new Map(layers.map((node, k) => [node, k]));
  /** By node: the layers whose numbers it holds. */
  const held: ReadonlySet<number>[] = [];
  const sources = layers.map(() => new Set<number>());
  const readers = layers.map(() => new Set<number>());
  nodes.forEach(({ inputs }, index) => {
    const read = new Set(inputs.length === 0 ? [-1] : inputs.flatMap((input) => [...held[input]]));
    const own = place.get(index);
    held.push(own === undefined ? read : new Set([own]));
    if (own !== undefined) {
      sources[own] = read;
      for (const source of read) readers[source]?.add(own);
    }
    if (index === output) for (const source of held[index]) readers[source]?.add(-1);
  });
  return { sources, readers };
}

/** Between two nodes that every path passes: what forks behind the first and is joined in the second. */
function regions(nodes: readonly ColumnNode[], output: number): { from: number; to: number }[] {
  const lastReader = nodes.map((_, index) => (index === output ? nodes.length : index));
  nodes.forEach(({ inputs }, index) => {
    for (const input of inputs) lastReader[input] = Math.max(lastReader[input], index);
  });
  const found: { from: number; to: number }[] = [];
  let [from, pending] = [0, lastReader[0]];
  for (let index = 1; index <= output; index++) {
    if (pending <= index) {
      if (index - from > 1) found.push({ from, to: index });
      from = index;
    }
    pending = Math.max(pending, lastReader[index]);
  }
  return found;
}
