import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../build';
import { captureGradients } from '../run-network';
import { distance, fixture, fixtureText, graphOf, picture } from './onnx-testing';

interface Reference {
  size: number;
  logits: number[];
  /** Grad-CAM of the highest class at a row, before its negative values are cut off; [h, w] row by row. */
  maps: { row: string; shape: [number, number]; values: number[] }[];
}

beforeAll(() => startBackend('wasm'));

describe('networks exported by PyTorch compute what PyTorch computes', () => {
  it.each([
    'alexnet',
    'vgg',
    'googlenet',
    'resnet',
    'squeezenet',
    'densenet',
    'mobilenet_v1',
    'mobilenet_v2',
    'mobilenet_v3',
    'shufflenet',
    'efficientnet',
    'regnet',
    'convnext',
  ])('%s', async (name) => {
    const { size, logits, maps } = JSON.parse(fixtureText(`${name}.json`)) as Reference;
    const before = tf.memory().numTensors;
    const network = buildNetwork(await graphOf(fixture(`${name}.onnx`)));
    const rowNames = network.nodes.map((node) => node.name);
    const x = picture(size);
    const found = new Map<string, Float32Array>();
    const result = await captureGradients(network, x, {
      layers: maps.map(({ row }) => {
        expect(rowNames).toContain(row);
        return rowNames.indexOf(row);
      }),
      chooseTarget: (values) => values.indexOf(Math.max(...values)),
      onLayer: (node, activation, gradient) => {
        const map = tf.tidy(() => tf.sum(tf.mul(activation, tf.mean(gradient, [1, 2], true)), 3).dataSync());
        found.set(rowNames[node], map as Float32Array);
      },
      checkpoint: async () => {},
    });
    expect(distance(result.logits, logits)).toBeLessThan(1e-4);
    for (const { row, values } of maps) {
      expect(distance(found.get(row) as Float32Array, values), row).toBeLessThan(1e-3);
    }
    x.dispose();
    network.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
