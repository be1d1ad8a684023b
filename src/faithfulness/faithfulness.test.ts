import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../engine/engine-testing';
import type { Network } from '../network/network';
import { seededRandom } from '../semiotics';
import { blurred } from './blur-picture';
import { areaUnder, decisionCurves, pixelOrder } from './curves';
import { fixture, fixtureNetwork, fixturePicture, networkOf, unhurried } from './faithfulness-testing';
import { mostWeighed, weighSigns } from './weigh-signs';

const closeTo = (actual: readonly number[], expected: readonly number[]) => {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, i) => {
    expect(Math.abs(value - expected[i]), `value ${i}`).toBeLessThan(2e-6);
  });
};

describe.each(['cpu', 'wasm'] as const)('a tiny network on %s against PyTorch in float64', (backend) => {
  let network: Network;
  let input: tf.Tensor4D;
  beforeAll(async () => {
    await startBackend(backend);
    network = await fixtureNetwork();
    input = fixturePicture();
  });
  afterAll(() => {
    input.dispose();
    network.dispose();
  });

  it('weighs every sign at every resolution, alone and together, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const labels = Int32Array.from(fixture.labels);
    const shares: number[] = [];
    const { logit, layers: weighed } = await weighSigns(network, input, {
      ...unhurried,
      layers: ['second', 'first'].map((name) => ({ name, labels, masses: [3, 2, 1] })),
      atInput: true,
      target: fixture.target,
      onProgress: (share) => shares.push(share),
    });
    expect(tf.memory().numTensors).toBe(before);
    closeTo([logit], [fixture.logits[fixture.target]]);
    for (const [i, name] of (['second', 'first'] as const).entries()) {
      const all = [...weighed[i].signs, weighed[i].together];
      closeTo(
        all.map((sign) => sign?.weight ?? Number.NaN),
        fixture.expected[name],
      );
      closeTo(
        all.map((sign) => sign?.atInput ?? Number.NaN),
        fixture.expected.input,
      );
      expect(weighed[i].others).toBeNull();
    }
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it('draws the deletion and insertion curves, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const { height, width } = fixture.picture;
    const { deletion, insertion, shuffled } = await decisionCurves(network, input, {
      ...unhurried,
      map: { values: Float32Array.from(fixture.saliency), width, height },
      steps: fixture.steps,
      shuffles: 2,
      seed: 1,
      target: fixture.target,
    });
    expect(tf.memory().numTensors).toBe(before);
    for (const [curve, expected] of [
      [deletion, fixture.deletion],
      [insertion, fixture.insertion],
    ] as const) {
      closeTo(curve.logit, expected.logit);
      closeTo(curve.probability ?? [], expected.probability);
      const { logit, probability } = curve.area;
      closeTo([logit, probability ?? Number.NaN], [expected.area.logit, expected.area.probability]);
    }
    expect(shuffled).toHaveLength(2);
    for (const pair of shuffled) {
      // Every order begins and ends with the same pictures.
      closeTo([pair.deletion.logit[0], pair.insertion.logit[0]], [deletion.logit[0], insertion.logit[0]]);
      expect(pair.deletion.logit[2]).not.toBeCloseTo(deletion.logit[2], 5);
    }
  });

  it('stops where it is told to, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const labels = Int32Array.from(fixture.labels);
    const weighWith = (checkpoint: () => Promise<void>) =>
      weighSigns(network, input, {
        ...unhurried,
        layers: [{ name: 'first', labels, masses: [3, 2, 1] }],
        atInput: true,
        target: 0,
        checkpoint,
      });
    let checkpoints = 0;
    await weighWith(async () => {
      checkpoints += 1;
    });
    // Once a layer, in the forward pass and in both tails.
    expect(checkpoints).toBeGreaterThanOrEqual(network.nodes.length * 2);
    for (let allowed = 0; allowed < checkpoints; allowed++) {
      let left = allowed;
      const checkpoint = async () => {
        if (left-- <= 0) throw new DOMException('cancelled', 'AbortError');
      };
      await expect(weighWith(checkpoint)).rejects.toThrow('cancelled');
      expect(tf.memory().numTensors).toBe(before);
    }
  });

  it('masks the signs beyond the most that are weighed one by one all at once', async () => {
    const { height, width } = fixture.picture;
    // One sign a pixel, the heaviest last.
    const count = height * width;
    const labels = Int32Array.from({ length: count }, (_, i) => i);
    const masses = Array.from({ length: count }, (_, i) => i + 1);
    const options = { ...unhurried, atInput: false, target: fixture.target };
    const [all] = (
      await weighSigns(network, input, { ...options, layers: [{ name: 'first', labels, masses }] })
    ).layers;
    expect(all.signs.map((sign) => sign !== null)).toEqual(masses.map((mass) => mass > count - mostWeighed));
    expect(all.others?.count).toBe(count - mostWeighed);
    const lesser = labels.map((id) => (id < count - mostWeighed ? 0 : -1));
    const [asOne] = (
      await weighSigns(network, input, {
        ...options,
        layers: [{ name: 'first', labels: lesser, masses: [1] }],
      })
    ).layers;
    closeTo([all.others?.weight ?? Number.NaN], [asOne.signs[0]?.weight ?? Number.NaN]);
    expect(all.others?.atInput).toBeNull();
  });
});

describe('a network that adds up', () => {
  const [height, width, side] = [6, 4, 2];
  /** logit_0 = bias + mean over pixels of 2 red - 3 green + blue. */
  const colourWeights = [2, -3, 1];
  const bias = 0.25;
  let network: Network;
  beforeAll(async () => {
    await startBackend('wasm');
    const kernel = tf.tensor4d([1, 0, 0, 0, 1, 0, 0, 0, 1], [1, 1, 3, 3]);
    network = await networkOf(
      sequential({
        layers: [
          layers.conv2d({
            name: 'same',
            inputShape: [height, width, 3],
            filters: 3,
            kernelSize: 1,
            useBias: false,
            weights: [kernel],
          }),
          layers.globalAveragePooling2d({}),
          layers.dense({
            units: 2,
            weights: [
              tf.tensor2d(
                colourWeights.flatMap((weight) => [weight, 0]),
                [3, 2],
              ),
              tf.tensor1d([bias, 0]),
            ],
          }),
        ],
      }),
    );
  });
  afterAll(() => network.dispose());

  const random = seededRandom(5);
  const picture = Array.from({ length: height * width * 3 }, () => random.next());
  /** What a pixel adds to the logit. */
  const worth = Array.from({ length: height * width }, (_, pixel) =>
    colourWeights.reduce((sum, weight, channel) => sum + weight * picture[pixel * 3 + channel], 0),
  );
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('loses exactly what the region holds above the mean outside it', async () => {
    const labels = new Int32Array(height * width).fill(-1);
    for (const pixel of [5, 6, 9, 10]) labels[pixel] = 0;
    labels[23] = 1;
    const input = tf.tensor4d(picture, [1, height, width, 3]);
    const { logit, layers: weighed } = await weighSigns(network, input, {
      ...unhurried,
      layers: [{ name: 'same', labels, masses: [4, 1] }],
      atInput: false,
      target: 0,
    });
    input.dispose();
    closeTo([logit], [bias + mean(worth)]);
    const weightOf = (inside: (id: number) => boolean) => {
      const within = worth.filter((_, pixel) => inside(labels[pixel]));
      const without = worth.filter((_, pixel) => !inside(labels[pixel]));
      return (within.length / worth.length) * (mean(within) - mean(without));
    };
    closeTo(
      weighed[0].signs.map((sign) => sign?.weight ?? Number.NaN),
      [weightOf((id) => id === 0), weightOf((id) => id === 1)],
    );
    closeTo([weighed[0].together?.weight ?? Number.NaN], [weightOf((id) => id >= 0)]);
  });

  it('finds nothing to lose in a region that leaves nothing outside', async () => {
    const input = tf.tensor4d(picture, [1, height, width, 3]);
    const everything = new Int32Array(height * width);
    const { layers: weighed } = await weighSigns(network, input, {
      ...unhurried,
      layers: [{ name: 'same', labels: everything, masses: [1] }],
      atInput: false,
      target: 0,
    });
    input.dispose();
    // The mean of a linear network is what it was.
    closeTo([weighed[0].signs[0]?.weight ?? Number.NaN], [0]);
  });

  it('weighs no sign where there is none', async () => {
    const input = tf.tensor4d(picture, [1, height, width, 3]);
    const { layers: weighed } = await weighSigns(network, input, {
      ...unhurried,
      layers: [{ name: 'same', labels: new Int32Array(height * width).fill(-1), masses: [] }],
      atInput: true,
      target: 0,
    });
    input.dispose();
    expect(weighed).toEqual([{ signs: [], others: null, together: null }]);
  });

  it('is deleted in a straight line by a map without an order of its own', async () => {
    // All pixels alike: whatever the order, every step takes the same share away.
    const grey = tf.fill([1, height, width, 3], 0.5) as tf.Tensor4D;
    const { deletion } = await decisionCurves(network, grey, {
      ...unhurried,
      map: { values: new Float32Array(side * side).fill(1), width: side, height: side },
      steps: 4,
      shuffles: 1,
      seed: 1,
      target: 0,
    });
    grey.dispose();
    closeTo(deletion.logit, new Array(5).fill(bias));
    closeTo([deletion.area.logit], [bias]);
  });
});

describe('the blur', () => {
  beforeAll(() => startBackend('cpu'));

  it('leaves an even picture as it is, and spreads a point as a Gaussian', async () => {
    const side = 45;
    const deviation = (side * 10) / 224;
    const even = tf.fill([1, side, side, 1], 0.7) as tf.Tensor4D;
    const same = await blurred(even);
    closeTo([...(await same.data())], new Array(side * side).fill(0.7));
    const values = new Float32Array(side * side);
    values[22 * side + 22] = 1;
    const point = tf.tensor4d(values, [1, side, side, 1]);
    const spread = await blurred(point);
    const found = await spread.data();
    for (const [x, y] of [
      [1, 0],
      [2, 1],
      [0, 5],
    ]) {
      const ratio = found[(22 + y) * side + 22 + x] / found[22 * side + 22];
      expect(ratio).toBeCloseTo(Math.exp(-0.5 * ((x * x + y * y) / deviation ** 2)), 5);
    }
    for (const tensor of [even, same, point, spread]) tensor.dispose();
  });
});

describe('orders and areas', () => {
  it('puts greater pixels first, and equal ones in no order of reading', () => {
    const values = Float32Array.from({ length: 400 }, (_, i) => (i === 7 ? 2 : i === 300 ? 1 : 0));
    const order = pixelOrder(values, seededRandom(1));
    expect([...order.slice(0, 2)]).toEqual([7, 300]);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 400 }, (_, i) => i));
    const early = [...order.slice(2, 102)].filter((pixel) => pixel < 200).length;
    expect(early).toBeGreaterThan(30);
    expect(early).toBeLessThan(70);
  });

  it('measures the area of a straight line and of a step', () => {
    expect(areaUnder([1, 0.75, 0.5, 0.25, 0])).toBeCloseTo(0.5, 12);
    expect(areaUnder([1, 1, 0])).toBeCloseTo(0.75, 12);
  });
});
