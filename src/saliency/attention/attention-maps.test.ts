import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../../network/build';
import type { Network } from '../../network/network';
import { graphOf } from '../../network/onnx/onnx-testing';
import { attentionBlocks, type TokenBlock } from '../../network/tokens/attention-blocks';
import type { AttentionMethod } from '../method-names';
import { attentionMaps, whyNoAttention } from './attention-maps';
import type { AttentionChoice } from './raw-attention';

const fixtures = path.join(import.meta.dirname, 'fixtures');

/** Maps of two tiny transformers in float64, by `fixtures/attention.py`, which wrote the networks too. */
interface Case {
  classToken: number | null;
  first: number;
  grid: [number, number];
  picture: number[][][];
  logits: number[];
  target: number;
  layers: { maps: Record<string, number[][]> }[];
}

const cases: Record<string, Case> = JSON.parse(readFileSync(path.join(fixtures, 'attention.json'), 'utf8'));

const networks = {
  'class token': 'class-token.onnx',
  'mean of tokens': 'mean-of-tokens.onnx',
};

describe.each(['cpu', 'wasm'] as const)('maps of a whole network on %s', (backend) => {
  beforeAll(() => startBackend(backend), 60_000);

  describe.each(Object.entries(networks))('with a %s', (name, file) => {
    const data = cases[name];
    let network: Network;
    let blocks: TokenBlock[];
    beforeAll(async () => {
      network = buildNetwork(await graphOf(Uint8Array.from(readFileSync(path.join(fixtures, file)))));
      blocks = attentionBlocks(network);
    });
    afterAll(() => network.dispose());

    const run = (method: AttentionMethod, choice = { token: null, head: null } as AttentionChoice) => {
      const input = tf.tensor4d([data.picture]);
      return attentionMaps(network, input, method, {
        blocks,
        choice,
        target: null,
        checkpoint: async () => {},
      }).finally(() => input.dispose());
    };

    it('finds the tokens of every block, the stream behind it and its layer', () => {
      const { grid, first, classToken } = data;
      const nameOf = (node: number) => network.nodes[node].name;
      expect(blocks.map(({ places }) => places)).toEqual(
        data.layers.map(() => ({ grid, first, classToken })),
      );
      for (const { stream, layer, probabilities } of blocks) {
        const tokens = grid[0] * grid[1] + first;
        expect(network.nodes[probabilities].shape).toEqual([2, tokens, tokens]);
        expect(network.nodes[stream].shape).toEqual([tokens, 8]);
        expect(network.nodes[layer].shape).toEqual([...grid, 8]);
      }
      // Of the last block a class token alone goes on: what the block reads is shown.
      expect(nameOf(blocks[2].layer)).toBe(classToken === null ? 'blocks.2.add (2)' : 'blocks.2.norm1');
    });

    it.each([
      ['attention', 'attention', {}],
      ['attention', 'attention, head 2', { head: 1 }],
      ['attention', 'attention, token 5', { token: { x: 0.5, y: 0.99 } }],
      ['rollout', 'rollout', {}],
      ['attention-relevance', 'attention-relevance', {}],
      ['legrad', 'legrad', {}],
    ] as const)('%s: %s is that of every block, and nothing is left behind', async (method, key, choice) => {
      const before = tf.memory().numTensors;
      expect(whyNoAttention(network, blocks, method)).toBeNull();
      const { logits, target, maps } = await run(method, { token: null, head: null, ...choice });
      expect(target).toBe(data.target);
      logits.forEach((logit, i) => {
        expect(logit).toBeCloseTo(data.logits[i], 5);
      });
      expect(maps).toHaveLength(data.layers.length);
      maps.forEach((map, l) => {
        const expected = data.layers[l].maps[key];
        expect(map.shape).toEqual(data.grid);
        map.dataSync().forEach((value, i) => {
          expect(Math.abs(value - expected.flat()[i]), `block ${l + 1}`).toBeLessThan(2e-6);
        });
        map.dispose();
      });
      expect(tf.memory().numTensors).toBe(before);
    });
  });
});
