import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { bundledNetwork, startBackend } from '../engine/engine-testing';
import { featureLayers } from './network';
import { forward, runTail } from './run-network';

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
