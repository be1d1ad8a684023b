import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../../network/build';
import type { Network } from '../../network/network';
import { graphOf, picture } from '../../network/onnx/onnx-testing';
import { attentionSummary } from '../../network/tokens/attention-summary';
import { explain } from '../explain-layers';
import { blocksFor } from './attention-maps';
import type { AttentionChoice } from './raw-attention';

const fixtures = path.join(import.meta.dirname, 'fixtures');

/** Attention within windows in float64, laid out by timm's own code: `fixtures/windows.py`, which wrote the network too. */
const expected: {
  logits: number[];
  layers: { grid: [number, number]; windows: number; all: number[][]; pointed: number[][] }[];
} = JSON.parse(readFileSync(path.join(fixtures, 'windows.json'), 'utf8'));

let network: Network;
beforeAll(async () => {
  await startBackend('wasm');
  network = buildNetwork(await graphOf(Uint8Array.from(readFileSync(path.join(fixtures, 'windows.onnx')))));
});
afterAll(() => network.dispose());

const maps = async (method: 'attention' | 'rollout' | 'legrad', attention: AttentionChoice) => {
  const input = picture(40);
  const layers = blocksFor(network, method).map(({ layer }) => layer);
  try {
    const run = { method, layers, target: null, attention, checkpoint: async () => {} };
    return await explain(network, input, run);
  } finally {
    input.dispose();
  }
};

it('follows windows that are shifted and hang over the edge', () => {
  expect(network.attention.map(({ node }) => network.nodes[node].shape[0])).toEqual(
    expected.layers.map(({ windows }) => windows),
  );
  expect(blocksFor(network, 'attention').map(({ places }) => places.grid)).toEqual(
    expected.layers.map(({ grid }) => grid),
  );
  expect(attentionSummary(network)).toMatchObject({ heads: 2, hasWindows: true, keepsTokens: false });
});

it.each([
  ['all', { token: null, head: null }],
  ['pointed', { token: { x: 0.75, y: 0.45 }, head: 1 }],
] as const)('shows what %s tokens read within their windows', async (which, choice) => {
  const before = tf.memory().numTensors;
  const { logits, layers } = await maps('attention', choice);
  logits.forEach((logit, i) => {
    expect(logit).toBeCloseTo(expected.logits[i], 4);
  });
  expect(layers).toHaveLength(3);
  layers.forEach(({ map }, block) => {
    const reference = expected.layers[block][which].flat();
    expect(map.values).toHaveLength(reference.length);
    reference.forEach((value, i) => {
      expect(map.values[i], `block ${block}, place ${i}`).toBeCloseTo(value, 5);
    });
  });
  expect(tf.memory().numTensors).toBe(before);
});

it.each(['rollout', 'legrad'] as const)('says why there is no %s', async (method) => {
  await expect(maps(method, { token: null, head: null })).rejects.toThrow(
    'The tokens of this network look within windows',
  );
});
