import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import type { TokenPlaces } from '../../network/tokens/attention-probabilities';
import { attentionRelevance, weightedAttention } from './attention-relevance';
import { legrad } from './legrad';
import { rawAttention } from './raw-attention';
import { rollout } from './rollout';
import { mapOfClass } from './token-places';

/** Two tiny transformers with their maps in float64, by `fixtures/attention.py`. */
interface Case extends TokenPlaces {
  layers: {
    attention: number[][][];
    gradient: number[][][];
    ownGradient: number[][][];
    maps: Record<string, number[][]>;
  }[];
  /** How far the rollout of vit-explain is from this one, relative L2. */
  library: { rollout: number };
}

const cases: Record<string, Case> = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'fixtures/attention.json'), 'utf8'),
);

function expectMap(map: tf.Tensor2D, expected: number[][], where: string) {
  expect(map.shape, where).toEqual([expected.length, expected[0].length]);
  map.dataSync().forEach((value, i) => {
    expect(Math.abs(value - expected.flat()[i]), where).toBeLessThan(2e-6);
  });
}

describe.each(['cpu', 'wasm'] as const)('saliency of attention on %s', (backend) => {
  beforeAll(() => startBackend(backend), 60_000);

  describe.each(Object.entries(cases))('of a network with a %s', (_, { layers, ...places }) => {
    const tensor = (values: number[][][]) => tf.tensor4d([values]);

    it.each([
      ['attention', { token: null, head: null }],
      ['attention, head 2', { token: null, head: 1 }],
      ['attention, token 5', { token: { x: 0.5, y: 0.75 }, head: null }],
      ['attention, head 1, token 2', { token: { x: 0.34, y: 0 }, head: 0 }],
    ])('%s is the row of the probabilities', (name, choice) => {
      tf.tidy(() => {
        for (const { attention, maps } of layers) {
          expectMap(rawAttention(tensor(attention), places, choice), maps[name], name);
        }
      });
    });

    it('rollout is the product of all blocks up to each', () => {
      tf.tidy(() => {
        let product: tf.Tensor2D | null = null;
        for (const { attention, maps } of layers) {
          product = rollout(product, tensor(attention));
          expectMap(mapOfClass(product, places), maps.rollout, 'rollout');
          // A row holds what there is, shared out.
          for (const sum of tf.sum(product, 1).dataSync()) expect(sum).toBeCloseTo(1, 5);
        }
      });
    });

    it('relevance gathers the weighted attention of all blocks up to each', () => {
      tf.tidy(() => {
        let relevance: tf.Tensor2D | null = null;
        for (const { attention, gradient, maps } of layers) {
          relevance = attentionRelevance(relevance, weightedAttention(tensor(attention), tensor(gradient)));
          expectMap(mapOfClass(relevance, places), maps['attention-relevance'], 'relevance');
        }
      });
    });

    it('LeGrad is the mean of the positive gradient of the layer’s own score', () => {
      tf.tidy(() => {
        for (const { ownGradient, maps } of layers) {
          expectMap(legrad(tensor(ownGradient), places), maps.legrad, 'legrad');
        }
      });
    });
  });
});

it('the rollout of vit-explain is this one, where it discards nothing', () => {
  for (const { library } of Object.values(cases)) expect(library.rollout).toBeLessThan(1e-12);
});

it('relevance without any positive gradient is what the residual connection passes on: the identity', async () => {
  await startBackend('cpu');
  tf.tidy(() => {
    const even = tf.fill([1, 2, 4, 4], 0.25);
    const relevance = attentionRelevance(null, weightedAttention(even, tf.neg(tf.ones([1, 2, 4, 4]))));
    expect([...relevance.dataSync()]).toEqual([...tf.eye(4).dataSync()]);
  });
});
