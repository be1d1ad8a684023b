import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { bundledNetwork, noise, startBackend } from '../engine/engine-testing';
import { featureLayers, type Network } from './network';
import { captureGradients, forward, runTail } from './run-network';
import { add, CHANNELS, convolution, networkOf, relu, SIDE } from './testing/residual-blocks';

const unhurried = async () => {};

describe('the tail of a network', () => {
  it('gives the logits of the whole network for each variant of a batch, and leaves no tensor behind', async () => {
    await startBackend('wasm');
    const network = await bundledNetwork();
    const pictures = tf.randomUniform<tf.Rank.R4>([2, 112, 112, 3], -1, 1, 'float32', 3);
    const both = await forward(network, pictures, unhurried);
    const picture = tf.slice4d(pictures, [0, 0, 0, 0], [1, 112, 112, 3]);
    const first = await forward(network, picture, unhurried);
    const expected = await both[network.output].data();
    const before = tf.memory().numTensors;
    for (const layer of [0, ...featureLayers(network, ['convolution'])]) {
      const logits = await runTail(network, layer, both[layer], first, unhurried);
      expect(logits.shape).toEqual([2, 10]);
      const values = await logits.data();
      values.forEach((value, i) => {
        expect(Math.abs(value - expected[i])).toBeLessThan(1e-4);
      });
      logits.dispose();
    }
    expect(tf.memory().numTensors).toBe(before);
    for (const tensor of [...both, ...first, pictures, picture]) tensor.dispose();
    network.dispose();
  });
});

/** The gradients at all layers, and how often one was added to another where it came to be. */
async function gradientsOf(network: Network, x: tf.Tensor4D) {
  const found = new Map<string, number[]>();
  let together = 0;
  const nodes = network.nodes.map(({ backwardOnto, ...node }) => ({
    ...node,
    ...(backwardOnto && {
      backwardOnto: (...given: Parameters<typeof backwardOnto>) => {
        const total = backwardOnto(...given);
        if (total) together++;
        return total;
      },
    }),
  }));
  await captureGradients({ ...network, nodes }, x, {
    layers: nodes.flatMap(({ shape }, index) => (shape.length === 3 ? [index] : [])),
    chooseTarget: (_, picture) => picture,
    onLayer: (index, _, gradient) => {
      found.set(nodes[index].name, Array.from(gradient.dataSync()));
    },
    checkpoint: unhurried,
  });
  return { found, together };
}

describe('gradients that meet', () => {
  it('are added where the last of them comes to be, with the same numbers as by themselves', async () => {
    await startBackend('wasm');
    const network = networkOf({
      a: [convolution(1, { activation: { name: 'relu' } }), 'picture'],
      b: [convolution(3, { activation: { name: 'relu' } }), 'a'],
      c: [convolution(1), 'b'],
      sum: [add, 'c', 'a'],
      end: [relu, 'sum'],
      d: [convolution(3, { strides: [2, 2] }), 'end'],
      e: [convolution(1, { strides: [2, 2] }), 'end'],
      last: [add, 'd', 'e'],
    });
    const x = noise([2, SIDE, SIDE, CHANNELS], 3) as tf.Tensor4D;
    const before = tf.memory().numTensors;
    const { found, together } = await gradientsOf(network, x);
    // At the block's own input, and at its end.
    expect(together).toBe(2);
    const alone = { ...network, nodes: network.nodes.map(({ backwardOnto: _, ...node }) => node) };
    expect((await gradientsOf(alone, x)).found).toEqual(found);
    expect(tf.memory().numTensors).toBe(before);
    x.dispose();
    network.dispose();
  });
});
