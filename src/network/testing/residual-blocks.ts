import { noise } from '../../engine/engine-testing';
import { buildNetwork } from '../build';
import type { Network } from '../network';
import type { GraphNode, Weight } from '../network-graph';
import type { OperationSpec } from '../ops';
import { weightOf } from '../weights';

/** Small networks of convolutions and sums, node by node. */

export const CHANNELS = 16;
export const SIDE = 9;

let seed = 1;

export const weight = (...shape: number[]): Weight =>
  weightOf(shape, noise(shape, seed++).dataSync() as Float32Array);

export const convolution = (kernel: number, options: object = {}): OperationSpec<Weight> => ({
  type: 'convolution',
  filter: weight(kernel, kernel, CHANNELS, CHANNELS),
  bias: weight(CHANNELS),
  strides: [1, 1],
  padding: 'same',
  dilations: [1, 1],
  groups: 1,
  activation: { name: 'linear' },
  ...options,
});
export const add: OperationSpec<Weight> = { type: 'merge', by: 'add' };
export const relu: OperationSpec<Weight> = { type: 'activation', activation: { name: 'relu' } };
const mean: OperationSpec<Weight> = { type: 'reduce', by: 'mean', axes: [0, 1], keep: false };

export type Nodes = Record<string, [OperationSpec<Weight>, ...string[]]>;

/** The nodes by their names, each with what it reads, and the mean of the last one behind them. */
export function networkOf(nodes: Nodes): Network {
  const listed = Object.entries(nodes).map(
    ([name, [spec, ...inputs]]): GraphNode => ({ name, spec, inputs }),
  );
  const last = listed[listed.length - 1].name;
  return buildNetwork({
    input: { name: 'picture', shape: [SIDE, SIDE, CHANNELS] },
    nodes: [...listed, { name: 'mean', spec: mean, inputs: [last] }],
    outputs: ['mean'],
  });
}
