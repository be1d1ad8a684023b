import { existsSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { graphFromFolder, noise, sharedFolder, startBackend } from '../engine/engine-testing';
import { explain } from '../saliency/explain-layers';
import { buildNetwork } from './build';
import { featureLayers } from './network';
import {
  assertAffordable,
  type Device,
  isOutOfMemory,
  NetworkIsLargeError,
  NetworkTooLargeError,
  networkCost,
} from './network-cost';
import type { Graph, GraphNode } from './network-graph';
import { linear } from './ops/activation';

const photos10 = path.resolve(import.meta.dirname, '../../public/networks/photos10');
const mobilenet = path.join(sharedFolder, 'models/mobilenet_v1_0.75_224');
const desktop: Device = { backend: 'wasm', threads: 4, memory: null };

/** Bytes of all tensors at their most, looked at between the layers of one analysis. */
async function measuredBytes(graph: Graph): Promise<number> {
  const before = tf.memory().numBytes;
  const network = buildNetwork(graph);
  const input = noise([1, ...network.inputShape], 1) as tf.Tensor4D;
  let most = 0;
  await explain(network, input, {
    method: 'grad-cam',
    layers: featureLayers(network, ['convolution']),
    target: null,
    checkpoint: async () => {
      most = Math.max(most, tf.memory().numBytes - before);
    },
  });
  input.dispose();
  network.dispose();
  expect(tf.memory().numBytes).toBe(before);
  return most;
}

/** One convolution of a picture as large as asked for. */
const oneConvolution = (side: number | null, filters: number, isOpen = false): Graph => ({
  input: { name: 'image', shape: [side, side, 3], isOpen },
  nodes: [
    {
      name: 'conv',
      inputs: ['image'],
      spec: {
        type: 'convolution',
        filter: {
          shape: [3, 3, 3, filters],
          read: () => {
            throw new Error('No weight is to be read before the cost is known.');
          },
        },
        bias: null,
        strides: [1, 1],
        dilations: [1, 1],
        padding: 'same',
        groups: 1,
        activation: linear,
      },
    },
  ],
  outputs: ['conv'],
});

beforeAll(() => startBackend('wasm'));

describe('the cost of an analysis, before it is computed', () => {
  it.each([
    ['photos10', photos10],
    ['MobileNet', mobilenet],
  ])('of %s is within a factor of 1.5 of the bytes that the backend counts', async (_, folder) => {
    if (!existsSync(folder)) return;
    const graph = graphFromFolder(folder);
    const { weights, activations } = networkCost(graph);
    const measured = await measuredBytes(graph);
    expect((weights + activations) / measured).toBeGreaterThan(1 / 1.5);
    expect((weights + activations) / measured).toBeLessThan(1.5);
  });

  it('counts the multiplications of a convolution', () => {
    expect(networkCost(oneConvolution(10, 4)).multiplyAdds).toBe(10 * 10 * 4 * 27 + 10 * 10 * 0 + 4);
  });

  it('refuses what no device holds, and keeps nothing of it', () => {
    const before = tf.memory();
    const one = oneConvolution(8000, 4);
    const pool: GraphNode['spec'] = {
      type: 'pooling',
      by: 'average',
      size: [3, 3],
      strides: [1, 1],
      padding: 'same',
      countPadding: false,
      ceil: false,
    };
    const graph: Graph = {
      ...one,
      nodes: [...one.nodes, { name: 'pool', inputs: ['conv'], spec: pool }],
      outputs: ['pool'],
    };
    const afford = () => assertAffordable({ graph, build: {}, title: 'large' }, desktop, true);
    expect(afford).toThrow(NetworkTooLargeError);
    expect(afford).toThrow('large needs about 4.9 GB for one picture, and about 3.7 GB can be had here.');
    expect(tf.memory().numBytes).toBe(before.numBytes);
  });

  it('reckons with a small device', () => {
    const network = { graph: oneConvolution(4000, 4), build: {}, title: 'middling' };
    expect(() => assertAffordable(network, { ...desktop, memory: 2 ** 29 }, true)).toThrow(
      '0.5 GB can be had here',
    );
    expect(() => assertAffordable(network, { ...desktop, memory: 2 ** 33 }, true)).not.toThrow();
  });

  it('asks before it takes much, names a smaller size where there is one, and goes on', () => {
    const graph = oneConvolution(null, 12, true);
    const network = { graph, build: { inputSize: [4000, 4000] as const }, title: 'wide' };
    const ask = () => assertAffordable(network, desktop, false);
    expect(ask).toThrow(NetworkIsLargeError);
    expect(ask).toThrow('It reads pictures at 4000 x 4000: choose a smaller size. Go on?');
    expect(() => assertAffordable(network, desktop, true)).not.toThrow();
    expect(() => assertAffordable({ ...network, build: {} }, desktop, false)).not.toThrow();
  });

  it('asks before it takes long', () => {
    const network = { graph: oneConvolution(2000, 24), build: {}, title: 'slow' };
    expect(() => assertAffordable(network, desktop, false)).not.toThrow();
    expect(() => assertAffordable(network, { ...desktop, backend: 'cpu' }, false)).toThrow(
      NetworkIsLargeError,
    );
  });
});

describe('want of memory', () => {
  it.each([
    'WebAssembly is out of memory: 67108864 bytes more do not fit beside 4294967296.',
    'Array buffer allocation failed',
    'Out of memory',
  ])('is told by "%s"', (message) => {
    expect(isOutOfMemory(new RangeError(message))).toBe(true);
  });

  it('is told by a trap of WebAssembly, and by nothing else', () => {
    expect(isOutOfMemory(new WebAssembly.RuntimeError('memory access out of bounds'))).toBe(true);
    expect(isOutOfMemory(new RangeError('There is no class 7 in this network.'))).toBe(false);
    expect(isOutOfMemory('out of memory')).toBe(false);
  });
});
