import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { saliencyLayer } from '../saliency-layer';
import { meanOverVariants } from './over-variants';

beforeAll(() => startBackend('cpu'), 60_000);

/** What a network would show that looks at the picture's values themselves. */
async function shown(picture: tf.Tensor4D) {
  const [, height, width] = picture.shape;
  const values = Float32Array.from(await picture.data());
  const map = { values, width, height };
  const layer = saliencyLayer({ index: 0, name: 'a', kind: 'convolution', shape: [height, width, 1], map });
  const methods = [{ method: 'grad-cam' as const, layers: [layer] }];
  const timings = { forward: 1, saliency: 1 };
  return { logits: new Float32Array([0, 1]), target: 1, value: 1, methods, timings };
}

const options = { methods: ['grad-cam'] as const, layers: [1], target: null, checkpoint: async () => {} };

it('turns mirrored maps back, and scales each between its extremes', async () => {
  const picture = tf.tensor4d([1, 2, 5, 3, 1, 4], [1, 2, 3, 1]);
  const asked: unknown[] = [];
  const told: number[] = [];
  const { methods, target } = await meanOverVariants(
    picture,
    { ...options, onVariant: (done) => told.push(done) },
    (variant, own) => {
      asked.push(own.target);
      return shown(variant);
    },
  );
  expect(target).toBe(1);
  // The winner of the picture itself is what all variants explain.
  expect(asked).toEqual([null, 1, 1, 1, 1, 1]);
  expect(told).toEqual([2, 3, 4, 5, 6]);
  [0, 0.25, 1, 0.5, 0, 0.75].forEach((value, i) => {
    expect(methods[0].layers[0].map.values[i]).toBeCloseTo(value, 6);
  });
  picture.dispose();
});

it('says why what lies at a place is not smoothed', async () => {
  const picture = tf.zeros<tf.Rank.R4>([1, 2, 2, 1]);
  const box = { ...options, target: { kind: 'box', box: 3 } as const };
  await expect(meanOverVariants(picture, box, shown)).rejects.toThrow('elsewhere in its mirror image');
  picture.dispose();
});
