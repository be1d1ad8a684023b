import { describe, expect, it } from 'vitest';
import type { Graph, GraphNode, Weight } from './network-graph';
import type { OperationSpec } from './ops';
import { classifyingOutput, planNetwork, takesAnySize } from './plan';
import { weightOf } from './weights';

const node = (name: string, inputs: string[], spec: OperationSpec<Weight>): GraphNode => ({
  name,
  inputs,
  spec,
});
const mean: OperationSpec<Weight> = { type: 'reduce', by: 'mean', axes: [0, 1], keep: false };
const dense = (to: number, name: 'linear' | 'softmax' = 'linear'): OperationSpec<Weight> => ({
  type: 'dense',
  kernel: weightOf([3, to], new Float32Array(3 * to)),
  bias: null,
  activation: { name },
});
const add: OperationSpec<Weight> = { type: 'merge', by: 'add' };
const relu: OperationSpec<Weight> = { type: 'activation', activation: { name: 'relu' } };

const graphOf = (nodes: GraphNode[], outputs: string[], size: number | null = 8): Graph => ({
  input: { name: 'picture', shape: [size, size, 3] },
  nodes,
  outputs,
});

describe('the output that is explained', () => {
  const nodes = [
    node('map', ['picture'], relu),
    node('mean', ['map'], mean),
    node('box', ['mean'], dense(4)),
    node('class', ['mean'], dense(5, 'softmax')),
    node('score', ['mean'], dense(1)),
  ];

  it.each([
    [['box', 'class'], 'class'],
    [['map', 'box'], 'box'],
    [['score', 'map', 'box'], 'box'],
    [['score', 'map'], 'score'],
  ])('of %j is %s', (outputs, expected) => {
    expect(classifyingOutput(graphOf(nodes, outputs))).toBe(expected);
  });

  it('is the one asked for, and must be one', () => {
    const graph = graphOf(nodes, ['class', 'box']);
    const { shapes, ended } = planNetwork(graph, { output: 'box' });
    expect(shapes.get(ended.output)).toEqual([4]);
    expect(() => planNetwork(graph, { output: 'mean' })).toThrow(
      'This network has no output "mean"; it has class, box.',
    );
  });
});

describe('a network without a size of its own', () => {
  const graph = graphOf([node('map', ['picture'], relu), node('mean', ['map'], mean)], ['mean'], null);

  it('reads 224 rows and columns, or as many as it is told', () => {
    expect(takesAnySize(graph)).toBe(true);
    expect(planNetwork(graph).inputShape).toEqual([224, 224, 3]);
    expect(planNetwork(graph, { inputSize: [96, 96] }).shapes.get('map')).toEqual([96, 96, 3]);
    expect(takesAnySize(graphOf(graph.nodes as GraphNode[], ['mean']))).toBe(false);
  });
});

describe('every operation', () => {
  it('names the sums that nobody has named by what they add', () => {
    const graph = graphOf(
      [
        node('conv', ['picture'], relu),
        node('shortcut', ['picture'], relu),
        node('add', ['conv', 'shortcut'], add),
        node('conv2', ['add'], relu),
        node('add_1', ['add', 'conv2'], add),
        node('mixed7', ['add_1', 'conv2'], add),
        node('mean', ['mixed7'], mean),
      ],
      ['mean'],
    );
    const { ended } = planNetwork(graph, { fuse: false });
    expect(ended.nodes.map(({ name }) => name)).toEqual([
      'conv',
      'shortcut',
      'addition of conv and shortcut',
      'conv2',
      'addition of the sum with shortcut and conv2',
      'mixed7',
      'mean',
    ]);
    expect(planNetwork(graph).ended.nodes.map(({ name }) => name)).toContain('add_1');
  });
});
