import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../testing';
import { buildNetwork } from '../build';
import { captureGradients } from '../run';
import { onnxGraph } from './graph';
import { readModel } from './messages';

const fixtures = path.join(import.meta.dirname, 'fixtures');

interface Reference {
  size: number;
  logits: number[];
  /** Grad-CAM of the highest class at a row, before its negative values are cut off; [h, w] row by row. */
  maps: { row: string; shape: [number, number]; values: number[] }[];
}

const reference = (name: string): Reference =>
  JSON.parse(readFileSync(path.join(fixtures, `${name}.json`), 'utf8'));

const graphOf = (name: string) =>
  onnxGraph(readModel(readFileSync(path.join(fixtures, `${name}.onnx`))), () => {
    throw new Error('No fixture has a side file.');
  });

/** The picture of the recipe. */
const picture = (size: number) =>
  tf.tensor4d(
    Float32Array.from({ length: size * size * 3 }, (_, i) => ((i * 7919) % 1000) / 500 - 1),
    [1, size, size, 3],
  );

/** Largest difference as part of the largest expected value. */
function distance(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  expect(scale).toBeGreaterThan(0);
  return Math.max(...expected.map((value, i) => Math.abs(actual[i] - value))) / scale;
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
    const { size, logits, maps } = reference(name);
    const before = tf.memory().numTensors;
    const network = buildNetwork(graphOf(name));
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
