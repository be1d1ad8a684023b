import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { noise, startBackend, withThreads } from '../../engine/engine-testing';
import { seeds } from '../testing/convolutions';
import { channelSum } from './channel-sum';

type Shape4D = [number, number, number, number];

const upTo = (max: number) => fc.integer({ min: 1, max });

/** Small maps, and some that are summed in several parts. */
const shapes = fc.oneof(
  fc.tuple(fc.constant(1), upTo(9), upTo(9), upTo(70)),
  fc.constantFrom<Shape4D>([1, 40, 41, 33], [1, 7, 9, 960]),
) as fc.Arbitrary<Shape4D>;

async function equalsDefinition(shape: Shape4D, seed: number): Promise<void> {
  const [map, gradient] = [noise(shape, seed), noise(shape, seed + 1)] as tf.Tensor4D[];
  const sum = channelSum(map, gradient) as tf.Tensor2D;
  const [a, g, actual] = await Promise.all([map, gradient, sum].map((tensor) => tensor.data()));
  const [, height, width, channels] = shape;
  const places = height * width;
  const weights = new Float64Array(channels);
  for (let i = 0; i < g.length; i++) weights[i % channels] += g[i] / places;
  expect(sum.shape).toEqual([height, width]);
  for (let place = 0; place < places; place++) {
    let expected = 0;
    for (let k = 0; k < channels; k++) expected += weights[k] * a[place * channels + k];
    expect(actual[place]).toBeCloseTo(Math.max(0, expected), 4);
  }
  tf.dispose([map, gradient, sum]);
}

describe('the sum of channels by the means of their gradients', () => {
  beforeAll(() => startBackend('wasm'));

  it.each([1, 3])('is as defined, in float64, cut for %i threads', (threads) =>
    withThreads(threads, () => fc.assert(fc.asyncProperty(shapes, seeds, equalsDefinition), { numRuns: 40 })),
  );

  it('has the same bytes on any number of threads', async () => {
    const bytes: number[][] = [];
    for (const threads of [1, 4]) {
      await withThreads(threads, async () => {
        const shape = [1, 30, 31, 50];
        const [map, gradient] = [noise(shape, 1), noise(shape, 2)] as tf.Tensor4D[];
        const sum = channelSum(map, gradient) as tf.Tensor2D;
        bytes.push([...(await sum.data())]);
        tf.dispose([map, gradient, sum]);
      });
    }
    expect(bytes[1]).toEqual(bytes[0]);
  });

  it.each([4, 20, 96, 33])('sums each place of %i channels alike, wherever it lies', async (channels) => {
    const row = noise([1, 1, 1, channels], 5);
    const map = tf.tile(row, [1, 1, 11, 1]) as tf.Tensor4D;
    const gradient = tf.tile(row, [1, 1, 11, 1]) as tf.Tensor4D;
    const sum = channelSum(map, gradient) as tf.Tensor2D;
    const numbers = await sum.data();
    expect(numbers[0]).toBeGreaterThan(0);
    expect([...numbers]).toEqual(new Array(11).fill(numbers[0]));
    tf.dispose([row, map, gradient, sum]);
  });

  it('keeps what is no number among four places at once', async () => {
    const map = tf.tensor4d([1, 2, 3, Number.NaN, ...new Array(12).fill(1)], [1, 2, 2, 4]);
    const gradient = tf.ones<tf.Rank.R4>([1, 2, 2, 4]);
    const sum = channelSum(map, gradient) as tf.Tensor2D;
    expect([...(await sum.data())]).toEqual([Number.NaN, 4, 4, 4]);
    tf.dispose([map, gradient, sum]);
  });

  it('keeps what is no number, which the maps are then said to hold', async () => {
    const map = tf.tensor4d([1, Number.NaN, 2, 3], [1, 2, 1, 2]);
    const gradient = tf.ones<tf.Rank.R4>([1, 2, 1, 2]);
    const sum = channelSum(map, gradient) as tf.Tensor2D;
    expect([...(await sum.data())]).toEqual([Number.NaN, 5]);
    tf.dispose([map, gradient, sum]);
  });
});
