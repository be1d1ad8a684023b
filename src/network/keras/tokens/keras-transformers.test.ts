import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../../engine/engine-testing';
import { buildNetwork } from '../../build';
import { captureGradients } from '../../run-network';
import { relativeError } from '../../testing/relative-error';
import { attentionBlocks } from '../../tokens/attention-blocks';
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
        const gradient = found.get(name) ?? new Float32Array();
        // A class token, which comes first, is no part of the map of a block.
        const ofGrid = expected.gradients[name].slice(-gradient.length);
        expect(relativeError(gradient, ofGrid), name).toBeLessThan(1e-3);
      }
      x.dispose();
      network.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});

describe('the blocks of transformers that Keras saved', () => {
  beforeAll(() => startBackend('cpu'), 60_000);

  it.each([
    ['vit.keras3.keras', ['block1', 'block2', 'block3'], { first: 0, classToken: null }],
    ['packed.keras3.keras', ['block1', 'block2'], { first: 0, classToken: null }],
    // Of the last block a class token alone goes on: what the block reads is shown.
    ['patches.keras3.keras', ['block1', 'layer_normalization_1'], { first: 1, classToken: 0 }],
  ])('%s: are layers on their grid, with attention between all tokens', async (file, names, beside) => {
    const { graph } = await readKerasBytes(file, readFileSync(path.join(fixtures, file)));
    const network = buildNetwork(graph);
    const blocks = attentionBlocks(network);
    expect(blocks.map(({ layer }) => network.nodes[layer].name)).toEqual(names);
    for (const { layer, places } of blocks) {
      expect(network.nodes[layer].shape).toEqual([4, 4, 12]);
      expect(places).toEqual({ grid: [4, 4], ...beside });
    }
    network.dispose();
  });
});
