import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { buildNetwork } from '../build';
import type { Network } from '../network';
import type { Graph } from '../network-graph';
import { distance, graphOf } from '../onnx/onnx-testing';
import { captureGradients } from '../run-network';
import { type Explained, explainedOf } from './explained';
import type { Target } from './target';

const fixtures = path.join(import.meta.dirname, 'fixtures');

/** What PyTorch explains of a network (fixtures/targets.py). */
export interface Reference {
  target: Target;
  value: number;
  /** Grad-CAM before its negative values are cut off, [h, w] row by row. */
  maps: { row: string; values: number[] }[];
  index?: number;
  places?: number;
  corners?: number[];
}

export const references = JSON.parse(readFileSync(path.join(fixtures, 'targets.json'), 'utf8')) as Record<
  string,
  Reference[]
>;

export const graphCalled = (name: string): Promise<Graph> =>
  graphOf(readFileSync(path.join(fixtures, `${name}.onnx`)));

/** @param names how many classes its file would name */
export const networkCalled = async (name: string, names = 0): Promise<Network> =>
  buildNetwork(await graphCalled(name), { names });

/** The picture of the fixtures' recipe. */
export const fixturePicture = (shift = 0) =>
  tf.tensor4d(
    Float32Array.from({ length: 32 * 32 * 3 }, (_, i) => (((i + shift) * 7919) % 1000) / 500 - 1),
    [1, 32, 32, 3],
  );

/** Holds value and maps of a target against PyTorch's, and gives what was explained. */
export async function expectExplained(network: Network, reference: Reference): Promise<Explained> {
  const rows = network.nodes.map(({ name }) => name);
  const x = fixturePicture();
  const before = tf.memory().numTensors;
  const found = new Map<string, Float32Array>();
  let explained: Explained | null = null;
  await captureGradients(network, x, {
    layers: reference.maps.map(({ row }) => {
      expect(rows).toContain(row);
      return rows.indexOf(row);
    }),
    chooseTarget: async (_logits, _picture, read) => {
      explained = await explainedOf(network, reference.target, read);
      return explained.score;
    },
    onLayer: (node, activation, gradient) => {
      const map = tf.tidy(() => tf.sum(tf.mul(activation, tf.mean(gradient, [1, 2], true)), 3).dataSync());
      found.set(rows[node], map as Float32Array);
    },
    checkpoint: async () => {},
  });
  const { value } = explained as unknown as Explained;
  expect(Math.abs(value - reference.value)).toBeLessThan(1e-4 * Math.max(1, Math.abs(reference.value)));
  for (const { row, values } of reference.maps) {
    expect(distance(found.get(row) as Float32Array, values), row).toBeLessThan(1e-3);
  }
  expect(tf.memory().numTensors).toBe(before);
  x.dispose();
  return explained as unknown as Explained;
}
