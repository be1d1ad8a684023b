import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../../engine/engine-testing';
import { buildNetwork } from '../../build';
import { captureGradients } from '../../run-network';
import { readKerasBytes } from '../keras-testing';

const fixtures = path.join(import.meta.dirname, '../fixtures');

/** Logits and gradients of the largest one, as Keras computed them; by `transformers.py`. */
interface Reference {
  logits: number[];
  gradients: Record<string, number[]>;
}

const references: Record<string, Reference> = JSON.parse(
  readFileSync(path.join(fixtures, 'references-transformers.json'), 'utf8'),
);

const picture = () =>
  tf.tensor4d(
    Float32Array.from({ length: 32 * 32 * 3 }, (_, i) => ((7919 * i) % 251) / 125 - 1),
    [1, 32, 32, 3],
  );

/** Largest difference as a part of the largest number expected. */
function relativeError(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(actual[i] - value))) / scale;
}

describe.each(['cpu', 'wasm'] as const)('transformers that Keras saved, on %s', (backend) => {
  beforeAll(() => startBackend(backend), 60_000);

  it.each(Object.entries(references))(
    '%s: logits and gradients are those of Keras',
    async (file, expected) => {
      const before = tf.memory().numTensors;
      const { graph } = await readKerasBytes(file, readFileSync(path.join(fixtures, file)));
      const network = buildNetwork(graph);
      const x = picture();
      const names = Object.keys(expected.gradients);
      const found = new Map<string, Float32Array>();
      const { logits } = await captureGradients(network, x, {
        layers: names.map((name) => network.nodes.findIndex((node) => node.name === name)),
        chooseTarget: (all) => all.indexOf(Math.max(...all)),
        onLayer: async (node, _, gradient) => {
          found.set(network.nodes[node].name, Float32Array.from(await gradient.data()));
        },
        checkpoint: async () => {},
      });
      expect(relativeError(logits, expected.logits)).toBeLessThan(1e-5);
      for (const name of names) {
        expect(relativeError(found.get(name) ?? [], expected.gradients[name]), name).toBeLessThan(1e-3);
      }
      x.dispose();
      network.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});
