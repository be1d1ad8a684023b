import { describe, expect, it } from 'vitest';
import { type ColumnNode, layerColumns } from './layer-columns';
import type { LayerKind } from './layer-kind';

/** A node by what it is and which nodes it reads; `depthwise` for a convolution of every channel by itself. */
const node = (kind: LayerKind | 'depthwise', ...inputs: number[]): ColumnNode =>
  kind === 'depthwise' ? { kind: 'convolution', inputs, isDepthwise: true } : { kind, inputs };

/** Columns as lists of layers, by the nodes that are shown. */
const columns = (nodes: ColumnNode[], shown: number[], of: 'pair' | 'block') => {
  const last = layerColumns({ nodes, output: nodes.length - 1 }, shown)[of];
  const groups = new Map<number, number[]>();
  for (const [k, layer] of shown.entries()) groups.set(last[k], [...(groups.get(last[k]) ?? []), layer]);
  return [...groups.values()];
};

const chain = (...kinds: (LayerKind | 'depthwise')[]) => [
  node('input'),
  ...kinds.map((kind, i) => node(kind, i)),
];
const all = (nodes: ColumnNode[]) => nodes.map((_, i) => i).slice(1, -1);

describe('layers that belong together', () => {
  it('a convolution with its padding, normalisation and activation, not with the next convolution', () => {
    const nodes = chain(
      ...(['padding', 'convolution', 'normalisation', 'activation'] as const),
      ...(['pooling', 'convolution', 'activation', 'convolution', 'dense'] as const),
    );
    expect(columns(nodes, all(nodes), 'pair')).toEqual([[1, 2, 3, 4], [5], [6, 7], [8]]);
    expect(columns(nodes, all(nodes), 'block')).toEqual([[1, 2, 3, 4], [5], [6, 7], [8]]);
    expect(columns(nodes, [2, 6, 8], 'block')).toEqual([[2], [6], [8]]);
  });

  it('a depthwise convolution with its pointwise one, over what lies between', () => {
    const nodes = chain('convolution', 'depthwise', 'activation', 'convolution', 'activation', 'dense');
    expect(columns(nodes, all(nodes), 'pair')).toEqual([[1], [2, 3, 4, 5]]);
    expect(columns(nodes, [1, 2, 4], 'pair')).toEqual([[1], [2, 4]]);
    const twice = chain('depthwise', 'depthwise', 'convolution', 'dense');
    expect(columns(twice, all(twice), 'pair')).toEqual([[1], [2, 3]]);
  });

  // 0 → 1 convolution → 2 activation → 3 convolution → 4 sum with 1 → 5 activation → 6 dense
  const residual = [
    ...[node('input'), node('convolution', 0), node('activation', 1), node('convolution', 2)],
    ...[node('addition', 3, 1), node('activation', 4), node('dense', 5)],
  ];

  it('a block with its sum, and what is done to that; a layer that others read too is no half of a pair', () => {
    expect(columns(residual, all(residual), 'pair')).toEqual([[1], [2], [3], [4, 5]]);
    expect(columns(residual, all(residual), 'block')).toEqual([[1], [2, 3, 4, 5]]);
    expect(columns(residual, [1, 3], 'block')).toEqual([[1], [3]]);
  });

  it('two convolutions of one branch, in what is too large to be a block', () => {
    // As in a dense block: each step reads all before it, over two convolutions.
    const nodes = [node('input'), node('convolution', 0)];
    const read = [1];
    for (let step = 0; step < 6; step++) {
      const joined = nodes.push(node('concatenation', ...read)) - 1;
      const narrow = nodes.push(node('convolution', joined)) - 1;
      read.push(nodes.push(node('convolution', narrow)) - 1);
    }
    nodes.push(node('concatenation', ...read), node('dense', nodes.length));
    const convolutions = nodes.flatMap(({ kind }, i) => (kind === 'convolution' ? [i] : []));
    expect(columns(nodes, convolutions, 'pair')).toHaveLength(13);
    expect(columns(nodes, convolutions, 'block')).toEqual([
      [1],
      ...[3, 6, 9, 12, 15, 18].map((narrow) => [narrow, narrow + 1]),
    ]);
  });

  it('nothing of what ends the network or feeds two outputs', () => {
    const nodes = [node('input'), node('convolution', 0), node('activation', 1)];
    expect(columns(nodes, [1, 2], 'pair')).toEqual([[1, 2]]);
    expect(layerColumns({ nodes, output: 1 }, [1, 2]).pair).toEqual([0, 1]);
  });
});
