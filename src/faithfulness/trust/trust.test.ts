import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import type { Network } from '../../network/network';
import { areaUnder } from '../curves';
import {
  fixture,
  fixtureNetwork,
  fixturePicture,
  fixtureRandomiser,
  networkOf,
  quantusMprt,
} from '../faithfulness-testing';
import { randomisationOrders } from '../randomisation-steps';
import { type AskedNetwork, askNetwork } from './asked-network';
import { efficientMprt } from './efficient-mprt';
import { faithfulnessCorrelation } from './faithfulness-correlation';
import { infidelity, meanSquaredError } from './infidelity';
import { mapSensitivity } from './map-sensitivity';
import { mapsOfPictures } from './maps-of-pictures';
import { measureTrust } from './measure-trust';
import { pixelFlipping } from './pixel-flipping';
import { regionPerturbation } from './region-perturbation';
import { road } from './road';
import { sensitivityN } from './sensitivity-n';
import { heldBySubsets, randomSubsets, subsetLosses } from './subset-losses';
import { TRUST_MEASURES } from './trust-measures';

/** From Quantus: tools/trust/quantus.py. */
const quantus: {
  saliency: number[];
  grey: number[];
  flipping: { step: number; curve: number[] };
  regions: { side: number; squares: number; losses: number[] };
  correlation: { subsets: number[][]; value: number };
  sensitivity: { noise: number[][]; max: number; average: number };
  road: {
    percentages: number[];
    winner: number;
    kept: number[];
    mostFirst: number[];
    leastFirst: number[];
    score: number;
  };
} = JSON.parse(readFileSync(path.join(import.meta.dirname, '../fixtures/quantus.json'), 'utf8'));

const { height, width } = fixture.picture;
const unhurried = { checkpoint: async () => {}, onDone: () => {} };
const close = (actual: number | null | undefined, expected: number) =>
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThan(1e-5);

beforeAll(() => startBackend('wasm'));

describe('a tiny network, by Quantus', () => {
  let network: Network;
  let grey: tf.Tensor4D;
  let black: tf.Tensor4D;
  let asked: AskedNetwork;
  const map = Float32Array.from(quantus.saliency);
  beforeAll(async () => {
    network = await fixtureNetwork();
    grey = tf.tensor4d(
      quantus.grey.flatMap((value) => [value, value, value]),
      [1, height, width, 3],
    );
    black = tf.zerosLike(grey);
    asked = await askNetwork(network, grey, fixture.target, unhurried);
  });
  afterAll(() => {
    grey.dispose();
    black.dispose();
    network.dispose();
  });

  it('loses as much when pixels are flipped', async () => {
    const steps = map.length / quantus.flipping.step;
    const { answers, area } = await pixelFlipping(asked, map, { steps, seed: 1, from: grey, to: black });
    // Quantus leaves the untouched picture out.
    quantus.flipping.curve.forEach((value, i) => {
      close(answers[i + 1].value, value);
    });
    expect(area).toBe(areaUnder(answers.map(({ probability }) => probability as number)));
  });

  it('loses as much when squares are', async () => {
    const { side, squares, losses } = quantus.regions;
    const { answers, aopc } = await regionPerturbation(asked, map, { side, squares, to: black });
    losses.forEach((loss, k) => {
      close(answers[0].value - answers[k + 1].value, loss);
    });
    // Samek et al. divide by L + 1, the untouched picture included; Quantus gives no mean, and an area that leaves it out.
    const whole = answers[0].probability as number;
    const sum = answers.reduce((total, { probability }) => total + whole - (probability as number), 0);
    close(aopc, sum / (squares + 1));
  });

  it('is as faithful over the same subsets', async () => {
    const subsets = quantus.correlation.subsets.map((pixels) => Uint32Array.from(pixels));
    const found = await subsetLosses(asked, { columns: width, rows: height, subsets, to: black });
    const held = heldBySubsets(map, width, height, found);
    close(faithfulnessCorrelation(held, found.losses), quantus.correlation.value);
  });

  it('keeps as much under ROAD without noise', async () => {
    const { percentages, winner, kept, mostFirst, leastFirst, score } = quantus.road;
    const ofWinner = await askNetwork(network, grey, null, unhurried);
    expect(ofWinner.target).toBe(winner);
    const found = await road(ofWinner, map, { percentages, seed: 1, noise: 0, tolerance: 1e-8 });
    mostFirst.forEach((probability, i) => {
      close(found.mostFirst[i].probability, probability);
      expect(found.mostFirst[i].winner === winner ? 1 : 0).toBe(kept[i]);
      close(found.leastFirst[i].probability, leastFirst[i]);
    });
    close(found.score, score);
  });

  it('has maps as sensitive to the same noise', async () => {
    const values = fixture.picture.values;
    const noisy = quantus.sensitivity.noise.flatMap((noise) => noise.map((value, i) => value + values[i]));
    const pictures = tf.tensor4d(
      [...values, ...noisy],
      [1 + quantus.sensitivity.noise.length, height, width, 3],
    );
    const first = network.nodes.findIndex(({ name }) => name === 'first');
    const maps = await mapsOfPictures(network, pictures, {
      ...{ methods: ['grad-cam'], layers: [first], ...unhurried },
      targets: new Array(pictures.shape[0]).fill(fixture.target),
    });
    pictures.dispose();
    const [own, ...beside] = (maps.get('grad-cam') ?? []).map(([map]) => map.values);
    const { max, average } = mapSensitivity(own, beside) ?? {};
    close(max, quantus.sensitivity.max);
    close(average, quantus.sensitivity.average);
  });

  it('depends as much on what it has learnt, in every order of randomising', async () => {
    const coloured = fixturePicture();
    const measures = randomisationOrders.map((order) => `mprt-${order}` as const);
    const { methods } = await measureTrust(network, coloured, {
      ...{ methods: ['grad-cam'], measures, mask: null, seed: 1, target: quantusMprt.target },
      layers: ['first', 'second'].map((name) => network.nodes.findIndex((node) => node.name === name)),
      ...{ checkpoint: unhurried.checkpoint, onProgress: () => {}, randomised: async () => network },
      randomiser: () => fixtureRandomiser(network),
    });
    coloured.dispose();
    for (const { name, values } of methods[0].layers) {
      for (const order of randomisationOrders) {
        // Without the trained network itself, which Quantus counts among the steps.
        const steps = Object.values(quantusMprt.expected[order][name as 'first' | 'second']);
        close(values[`mprt-${order}`], steps.reduce((a, b) => a + b) / steps.length);
      }
    }
  });

  it('is measured by every measure, by several methods at once, and leaves no tensor behind', async () => {
    const shallow = await fixtureNetwork();
    const randomiser = await fixtureRandomiser(network);
    const nodes = ['first', 'second'].map((name) => network.nodes.findIndex((node) => node.name === name));
    const before = tf.memory().numTensors;
    const shares: number[] = [];
    const options = {
      methods: ['grad-cam', 'activation'] as const,
      layers: nodes,
      measures: TRUST_MEASURES.map(({ id }) => id),
      mask: { inside: Uint8Array.from({ length: 30 }, (_, i) => (i % 6 < 3 ? 1 : 0)), width: 6, height: 5 },
      ...{ seed: 3, target: null, checkpoint: unhurried.checkpoint },
      randomised: async () => shallow,
      randomiser: async () => randomiser,
      onProgress: (share: number) => shares.push(share),
    };
    const { methods } = await measureTrust(network, grey, options);
    expect(tf.memory().numTensors).toBe(before);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(methods.map(({ method }) => method)).toEqual(['grad-cam', 'activation']);
    for (const { method, layers: ofLayers } of methods) {
      expect(ofLayers.map(({ name }) => name)).toEqual(['first', 'second']);
      for (const { values } of ofLayers) {
        expect(Object.keys(values)).toEqual(TRUST_MEASURES.map(({ id }) => id));
        // "Randomised" is the same network here: nothing rises.
        expect(values['efficient-mprt']).toBeCloseTo(0, 6);
        // What reads no class is the same for every class.
        if (method === 'activation') expect(values['random-logit']).toBeCloseTo(1, 6);
      }
    }
    const again = await measureTrust(network, grey, {
      ...options,
      methods: ['grad-cam'],
      measures: ['road'],
    });
    expect(again.methods[0].layers.map(({ values }) => values.road)).toEqual(
      methods[0].layers.map(({ values }) => values.road),
    );
    shallow.dispose();
  });

  it('has maps of its randomised twins beside its own, and frees the twins', async () => {
    const randomiser = await fixtureRandomiser(network);
    const seeds: number[] = [];
    const before = tf.memory().numTensors;
    const { maps } = await measureTrust(network, grey, {
      ...{
        methods: ['grad-cam', 'activation'],
        layers: [network.nodes.findIndex(({ name }) => name === 'first')],
      },
      ...{ measures: ['sparseness'], mask: null, seed: 7, target: 0, draws: 2, onProgress: () => {} },
      ...{ checkpoint: unhurried.checkpoint, randomised: async () => network },
      randomiser: async () => ({
        ...randomiser,
        build: (parts, seed) => {
          seeds.push(seed);
          return randomiser.build(parts, seed);
        },
      }),
    });
    expect(tf.memory().numTensors).toBe(before);
    expect(seeds).toEqual([7, 8]);
    const [own, first, second] = maps?.activation ?? [];
    expect(own[0].values).not.toEqual(first[0].values);
    expect(first[0].values).toEqual(second[0].values);
    expect(maps?.['grad-cam']).toHaveLength(3);
  });

  it('stops where it is told to, and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    for (const allowed of [0, 3, 11, 25, 40]) {
      let left = allowed;
      const cancelled = measureTrust(network, grey, {
        ...{ methods: ['grad-cam'], layers: [network.nodes.findIndex(({ name }) => name === 'first')] },
        ...{ measures: ['max-sensitivity', 'sensitivity-n', 'road', 'deletion'], mask: null },
        ...{ seed: 1, target: 0, randomised: async () => network, onProgress: () => {} },
        randomiser: () => fixtureRandomiser(network),
        checkpoint: async () => {
          if (left-- <= 0) throw new DOMException('cancelled', 'AbortError');
        },
      });
      await expect(cancelled).rejects.toThrow('cancelled');
      expect(tf.memory().numTensors).toBe(before);
    }
  });
});

describe('a network that adds up', () => {
  const [rows, columns] = [4, 5];
  const worth = Float32Array.from({ length: rows * columns }, (_, i) => ((i * 7) % 11) / 4 - 1);
  let network: Network;
  let picture: tf.Tensor4D;
  let zeros: tf.Tensor4D;
  let asked: AskedNetwork;
  beforeAll(async () => {
    network = await networkOf(
      sequential({
        layers: [
          layers.conv2d({
            ...{ name: 'same', inputShape: [rows, columns, 1], filters: 1, kernelSize: 1, useBias: false },
            weights: [tf.tensor4d([1], [1, 1, 1, 1])],
          }),
          layers.flatten({}),
          layers.dense({
            units: 2,
            weights: [
              tf.tensor2d(
                [...worth].flatMap((value) => [value, 0]),
                [rows * columns, 2],
              ),
              tf.tensor1d([0.5, 0]),
            ],
          }),
        ],
      }),
    );
    picture = tf.ones([1, rows, columns, 1]);
    zeros = tf.zerosLike(picture);
    asked = await askNetwork(network, picture, 0, unhurried);
  });
  afterAll(() => {
    picture.dispose();
    zeros.dispose();
    network.dispose();
  });

  it('is told wholly by what each pixel adds: sensitivity-n is 1 at every n, infidelity 0', async () => {
    const subsets = randomSubsets(rows * columns, [2, 5, 9], 12, 4);
    const found = await subsetLosses(asked, { columns, rows, subsets, to: zeros });
    const held = heldBySubsets(worth, columns, rows, found);
    const sizes = subsets.map(({ length }) => length);
    close(sensitivityN(held, found.losses, sizes), 1);
    close(faithfulnessCorrelation(held, found.losses), 1);
    close(infidelity(held, found.losses), 0);
    close(meanSquaredError(held, found.losses), 0);
    // Twice the map foretells twice the loss; scaled, it is as good.
    const double = held.map((value) => 2 * value);
    close(infidelity(double, found.losses), 0);
    expect(meanSquaredError(double, found.losses)).toBeGreaterThan(0.1);
    // Turned round, it is right in size and wrong in sign: Quantus' correlation across pictures could not tell.
    close(
      sensitivityN(
        held.map((value) => -value),
        found.losses,
        sizes,
      ),
      -1,
    );
  });

  it('draws subsets of the sizes asked for, each cell once', () => {
    for (const [i, subset] of randomSubsets(20, [1, 7, 20], 3, 9).entries()) {
      expect(subset.length).toBe([1, 7, 20][Math.floor(i / 3)]);
      expect(new Set(subset).size).toBe(subset.length);
      expect(Math.max(...subset)).toBeLessThan(20);
    }
  });

  it('says nothing of what does not vary', async () => {
    const still = new Float64Array(6).fill(2);
    const moving = Float64Array.of(1, 2, 3, 4, 5, 6);
    expect(faithfulnessCorrelation(still, moving)).toBeNull();
    expect(sensitivityN(still, moving, [1, 1, 1, 2, 2, 2])).toBeNull();
    // A map of zeros foretells nothing: its error is the mean square of what is lost.
    close(infidelity(new Float64Array(6), moving), 91 / 6);
    expect(mapSensitivity(new Float32Array(4), [new Float32Array(4)])).toBeNull();
    expect(efficientMprt(new Float32Array(9), Float32Array.of(1, 2, 3))).toBeNull();
    // One pixel among a hundred: 0.08 bits, of which any other map has many times as much.
    const one = Float32Array.from({ length: 100 }, (_, i) => (i === 7 ? 1 : 0));
    const even = Float32Array.from({ length: 100 }, (_, i) => i);
    expect(efficientMprt(one, even)).toBeNull();
    // A hundred bins against two of equal height: log2(100) bits against one.
    const halves = Float32Array.from({ length: 100 }, (_, i) => i % 2);
    close(efficientMprt(halves, even), Math.log2(100) - 1);
  });

  it('is flipped in the order of the map, and squares in the order of what they hold', async () => {
    const steps = rows * columns;
    const { answers } = await pixelFlipping(asked, worth, { steps, seed: 1, from: picture, to: zeros });
    const sorted = [...worth].sort((a, b) => b - a);
    let left = 0.5 + sorted.reduce((a, b) => a + b);
    answers.forEach(({ value }, step) => {
      close(value, left);
      left -= sorted[step] ?? 0;
    });
    // Squares of 2 x 2; those at the right edge are 2 x 1.
    const held = [0, 1].flatMap((row) =>
      [0, 1, 2].map((column) =>
        [...worth].reduce((sum, value, i) => {
          const [x, y] = [i % columns, Math.floor(i / columns)];
          return x >> 1 === column && y >> 1 === row ? sum + value : sum;
        }, 0),
      ),
    );
    const found = await regionPerturbation(asked, worth, { side: 2, squares: 99, to: zeros });
    let gone = 0;
    const whole = found.answers[0].value;
    held.sort((a, b) => b - a);
    found.answers.forEach(({ value }, step) => {
      close(whole - value, gone);
      gone += held[step] ?? 0;
    });
    expect(found.answers).toHaveLength(7);
  });

  it('has no trust to measure where a map is zero everywhere', async () => {
    const negative = tf.neg(picture) as tf.Tensor4D;
    const shares: number[] = [];
    const { methods } = await measureTrust(network, negative, {
      ...{ methods: ['grad-cam'], layers: [1], measures: ['road', 'sparseness', 'max-sensitivity'] },
      // The weights' mean is positive: Grad-CAM of a picture of minus ones is cut off at zero.
      ...{ mask: null, seed: 1, target: 0, checkpoint: unhurried.checkpoint },
      randomised: async () => network,
      randomiser: async () => ({ all: new Set(), steps: () => [], build: () => network }),
      onProgress: (share) => shares.push(share),
    });
    negative.dispose();
    expect(methods[0].layers[0].values).toEqual({
      ...{ road: null, sparseness: null, 'max-sensitivity': null },
    });
    expect(shares.at(-1)).toBe(1);
  });
});
