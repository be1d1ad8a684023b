import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { explain } from '../../saliency/explain';
import { startBackend } from '../../testing';
import { buildNetwork } from '../build';
import { featureLayers } from '../network';
import { predict } from '../run';
import { readKerasBytes } from './testing';

const fixtures = path.join(import.meta.dirname, 'fixtures');
const unhurried = async () => {};

interface Reference {
  /** Whether the network scales pictures itself. */
  raw: boolean;
  logits: number[];
  gradCam: Record<string, { shape: number[]; values: number[] }>;
}

/** What Keras computed, by file; `networks.py` beside them made both. */
const references: [string, Reference][] = ['references2.json', 'references3.json'].flatMap((file) =>
  Object.entries(JSON.parse(readFileSync(path.join(fixtures, file), 'utf8')) as Record<string, Reference>),
);

const picture = (raw: boolean) =>
  Float32Array.from({ length: 32 * 32 * 3 }, (_, i) => {
    const value = (7919 * i) % 251;
    return raw ? value : value / 125 - 1;
  });

/** Largest difference as a part of the largest number expected. */
function relativeError(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  expect(scale).toBeGreaterThan(0);
  return Math.max(...expected.map((value, i) => Math.abs(actual[i] - value))) / scale;
}

beforeAll(() => startBackend('wasm'));

describe('files that Keras saved', () => {
  it.each(references)(
    '%s: logits and Grad-CAM are those of Keras',
    async (file, { raw, logits, gradCam }) => {
      const before = tf.memory().numTensors;
      const { graph, format } = await readKerasBytes(file, readFileSync(path.join(fixtures, file)));
      expect(format).toBe(file.endsWith('.h5') ? 'keras-hdf5' : 'keras');
      const network = buildNetwork(graph);
      const x = tf.tensor4d(picture(raw), [1, 32, 32, 3]);
      expect(relativeError(await predict(network, x, unhurried), logits)).toBeLessThan(1e-4);

      const layers = featureLayers(network, ['convolution']);
      const result = await explain(network, x, {
        method: 'grad-cam',
        layers,
        target: null,
        checkpoint: unhurried,
      });
      expect(result.target).toBe(logits.indexOf(Math.max(...logits)));
      for (const [name, expected] of Object.entries(gradCam)) {
        const map = result.layers.find((layer) => layer.name === name)?.map;
        expect(map && [map.height, map.width], name).toEqual(expected.shape);
        expect(relativeError(map?.values ?? [], expected.values), name).toBeLessThan(1e-3);
      }
      x.dispose();
      network.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});
