import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../../network/build';
import type { Network } from '../../network/network';
import { captureGradients, forward, readerOf } from '../../network/run-network';
import { explainedOf } from '../../network/targets/explained';
import { weightedScore } from '../../network/targets/score';
import type { Target } from '../../network/targets/target';
import {
  fixturePicture,
  graphCalled,
  networkCalled,
  references,
} from '../../network/targets/targets-testing';
import { type Randomiser, randomisationOrders, randomisationSteps } from '../randomisation-steps';
import { shuffleWeights, weightedNodes } from '../shuffle-weights';
import { askNetwork } from './asked-network';
import { mapsOfPictures } from './maps-of-pictures';
import { measureTrust } from './measure-trust';
import type { TrustMeasure } from './trust-measures';

beforeAll(() => startBackend('wasm'));

const unhurried = { checkpoint: async () => {}, onDone: () => {} };

/** What a node yields for a picture. */
async function numbersOf(network: Network, node: number, picture: tf.Tensor4D): Promise<Float32Array> {
  const outputs = await forward(network, picture, unhurried.checkpoint);
  const numbers = await readerOf(outputs)(node);
  tf.dispose(outputs);
  return numbers;
}

/** Grad-CAM of one score, by its definition. */
async function gradCam(network: Network, picture: tf.Tensor4D, layer: number, terms: [number, number][]) {
  let map: Float32Array = new Float32Array();
  const { node } = network.detail as { node: number };
  await captureGradients(network, picture, {
    layers: [layer],
    chooseTarget: () =>
      weightedScore(
        node,
        terms.map(([position, factor]) => ({ position, factor })),
      ),
    onLayer(_, activation, gradient) {
      map = tf.tidy(() =>
        tf.relu(tf.sum(tf.mul(activation, tf.mean(gradient, [1, 2], true)), 3)).dataSync(),
      ) as Float32Array;
    },
    checkpoint: unhurried.checkpoint,
  });
  return map;
}

describe('what was found in a picture is what is explained of its variants', () => {
  // The places of the score in the list, and their factors, by the layout that the fixtures document.
  it.each<[string, Target, (first: Float32Array) => [number, number][]]>([
    [
      'yolo8',
      { kind: 'box', box: 'surest' },
      (list) => {
        const places = Array.from(list.keys()).filter((at) => at % 9 >= 4);
        return [[places.reduce((best, at) => (list[at] > list[best] ? at : best)), 1]];
      },
    ],
    [
      'fcn',
      { kind: 'region', index: null, place: null },
      (map) => {
        const winners = Array.from({ length: 32 * 32 }, (_, at) => {
          const own = [...map.subarray(5 * at, 5 * at + 5)];
          return own.indexOf(Math.max(...own));
        });
        const counts = [0, 1, 2, 3, 4].map((k) => winners.filter((winner) => winner === k).length);
        const largest = counts.indexOf(Math.max(...counts));
        const places = [...winners.keys()].filter((at) => winners[at] === largest);
        return places.map((at) => [5 * at + largest, 1 / places.length]);
      },
    ],
  ])('%s', async (name, target, termsIn) => {
    const network = await networkCalled(name, 5);
    const [first, second] = [fixturePicture(), fixturePicture(311)];
    const asked = await askNetwork(network, first, target, unhurried);
    const { node } = network.detail as { node: number };
    const terms = termsIn(await numbersOf(network, node, first));
    const sum = (numbers: Float32Array) => terms.reduce((all, [at, factor]) => all + factor * numbers[at], 0);
    expect(asked.explained.value).toBeCloseTo(sum(await numbersOf(network, node, first)), 5);

    const numbers = await numbersOf(network, node, second);
    const { value } = await explainedOf(network, asked.target, async () => numbers);
    expect(value).toBeCloseTo(sum(numbers), 5);
    const layer = network.nodes.findIndex((each) => each.name === 'conv2');
    const both = tf.concat4d([first, second], 0);
    const maps = await mapsOfPictures(network, both, {
      ...{ methods: ['grad-cam', 'score-cam'], layers: [layer], ...unhurried },
      targets: [asked.target, asked.target],
    });
    const [, [found]] = maps.get('grad-cam') as { values: Float32Array }[][];
    const expected = await gradCam(network, second, layer, terms);
    const scale = Math.max(...expected);
    expect(scale).toBeGreaterThan(0);
    expected.forEach((number, at) => {
      expect(Math.abs(found.values[at] - number)).toBeLessThan(1e-4 * scale);
    });
    tf.dispose([first, second, both]);
    network.dispose();
  });

  it.each<[string, Target]>([
    ['yolo8', references.yolo8[0].target],
    ['yolo8', { kind: 'box', box: 'surest', part: 'place' }],
    ['detr', { kind: 'box', box: 'surest' }],
    ['fcn', { kind: 'region', index: null, place: null }],
  ])(
    'so that every measure of trust has a number, by randomised weights too: %s, %o',
    async (name, target) => {
      const network = await networkCalled(name, 5);
      const graph = await graphCalled(name);
      const randomiser: Randomiser = {
        all: weightedNodes(graph),
        steps: (order) => randomisationSteps(network, graph, order),
        build: (parts, seed) => buildNetwork(shuffleWeights(graph, parts, seed), { names: 5 }),
      };
      const twin = randomiser.build(randomiser.all, 1);
      const picture = fixturePicture();
      const measures: TrustMeasure[] = [
        ...['deletion', 'insertion', 'max-sensitivity', 'average-sensitivity', 'efficient-mprt', 'road'],
        ...['faithfulness-correlation', 'infidelity'],
        ...randomisationOrders.map((order) => `mprt-${order}`),
      ] as TrustMeasure[];
      const { methods } = await measureTrust(network, picture, {
        ...{ methods: ['grad-cam'], layers: [network.nodes.findIndex((each) => each.name === 'conv2')] },
        ...{ measures, mask: null, seed: 1, target, checkpoint: unhurried.checkpoint, onProgress: () => {} },
        randomised: async () => twin,
        randomiser: async () => randomiser,
      });
      const { values } = methods[0].layers[0];
      for (const measure of measures) expect(values[measure], measure).toEqual(expect.any(Number));
      picture.dispose();
      for (const each of [network, twin]) each.dispose();
    },
  );
});
