import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { noise, startBackend } from '../../engine/engine-testing';
import type { Network } from '../network';
import type { Weight } from '../network-graph';
import type { OperationSpec } from '../ops';
import { captureActivations, forward, predict } from '../run-network';
import {
  add,
  CHANNELS,
  convolution,
  type Nodes,
  networkOf,
  relu,
  SIDE,
  weight,
} from '../testing/residual-blocks';

const unhurried = async () => {};

const nameOf = (network: Network) => (index: number) => network.nodes[index].name;

/** What is computed at once, by the node at its end. */
const foundIn = (network: Network) =>
  Object.fromEntries(
    network.nodes.flatMap(({ name, atOnce }) => (atOnce ? [[name, atOnce.skips.map(nameOf(network))]] : [])),
  );

const first: [OperationSpec<Weight>, string] = [convolution(1, { activation: { name: 'relu' } }), 'picture'];

const blocks: [string, Nodes, Record<string, string[]>][] = [
  [
    'a block that ends in a ReLU',
    { a: first, b: [convolution(3), 'a'], sum: [add, 'b', 'a'], end: [relu, 'sum'] },
    { end: ['b', 'sum'] },
  ],
  [
    'a block that ends in a sum, its convolution the second of two',
    { a: first, b: [convolution(1), 'a'], sum: [add, 'a', 'b'] },
    { sum: ['b'] },
  ],
  [
    'a block whose other way is a convolution too',
    {
      a: first,
      b: [convolution(3), 'a'],
      c: [convolution(1), 'a'],
      sum: [add, 'b', 'c'],
      end: [relu, 'sum'],
    },
    { end: ['b', 'sum'] },
  ],
  [
    'a sum that others read beside the ReLU',
    {
      a: first,
      b: [convolution(3), 'a'],
      sum: [add, 'b', 'a'],
      end: [relu, 'sum'],
      last: [add, 'sum', 'end'],
    },
    { sum: ['b'] },
  ],
  [
    'a convolution that others read beside the sum',
    { a: first, b: [convolution(3), 'a'], sum: [add, 'b', 'a'], last: [add, 'sum', 'b'] },
    {},
  ],
  ['a map that is added to itself', { a: first, b: [convolution(3), 'a'], last: [add, 'b', 'b'] }, {}],
  [
    'a convolution in groups, or behind an activation of its own',
    {
      a: first,
      b: [convolution(3, { groups: 2, filter: weight(3, 3, CHANNELS / 2, CHANNELS) }), 'a'],
      c: [convolution(1, { activation: { name: 'relu' } }), 'b'],
      last: [add, 'b', 'c'],
    },
    {},
  ],
  [
    'a sum of what is repeated over the places of a map',
    {
      a: first,
      b: [{ type: 'reduce', by: 'mean', axes: [0, 1], keep: true }, 'a'],
      c: [convolution(1), 'a'],
      last: [add, 'c', 'b'],
    },
    {},
  ],
];

describe('the sum behind a convolution', () => {
  beforeAll(async () => {
    await startBackend('wasm');
  });

  it.each(blocks)('is computed with it, or is not, with the same numbers: %s', async (_, nodes, expected) => {
    const before = tf.memory().numTensors;
    const network = networkOf(nodes);
    expect(foundIn(network)).toEqual(expected);
    for (const pictures of [1, 3]) {
      const x = noise([pictures, SIDE, SIDE, CHANNELS], 7) as tf.Tensor4D;
      const outputs = await forward(network, x, unhurried);
      const logits = Array.from(await predict(network, x, unhurried));
      expect(logits).toEqual(Array.from(outputs[network.output].dataSync()));
      tf.dispose([x, ...outputs]);
    }
    network.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is left by itself where the map of the convolution is asked for', async () => {
    const network = networkOf(blocks[0][1]);
    const x = noise([1, SIDE, SIDE, CHANNELS], 7) as tf.Tensor4D;
    const outputs = await forward(network, x, unhurried);
    const b = network.nodes.findIndex(({ name }) => name === 'b');
    const seen: number[][] = [];
    await captureActivations(network, x, {
      layers: [b],
      onLayer: async (__, activation) => {
        seen.push(Array.from(await activation.data()));
      },
      checkpoint: unhurried,
    });
    expect(seen).toEqual([Array.from(outputs[b].dataSync())]);
    tf.dispose([x, ...outputs]);
    network.dispose();
  });

  it('is computed by itself on a backend without such a kernel', async () => {
    await startBackend('cpu');
    const network = networkOf(blocks[0][1]);
    const x = noise([1, SIDE, SIDE, CHANNELS], 7) as tf.Tensor4D;
    const outputs = await forward(network, x, unhurried);
    expect(Array.from(await predict(network, x, unhurried))).toEqual(
      Array.from(outputs[network.output].dataSync()),
    );
    tf.dispose([x, ...outputs]);
    network.dispose();
  });
});
