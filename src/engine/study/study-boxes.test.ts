import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import type { LoadedNetwork } from '../../network/load-network-files';
import type { Box } from '../../network/targets/target';
import {
  fixturePicture,
  networkCalled,
  type Reference,
  references,
} from '../../network/targets/targets-testing';
import { startBackend } from '../engine-testing';
import { explainBatch } from './explain-batch';
import { studyPlan } from './study-batch';

beforeAll(() => startBackend('wasm'));

const checkpoint = async () => {};
const backend = { name: 'cpu', reason: '', adapter: null, threads: 1 } as const;

const referenceOf = (name: string, part: Box['part']): Reference =>
  references[name].find(
    ({ target }) =>
      target !== null &&
      typeof target === 'object' &&
      target.kind === 'box' &&
      (target.part ?? 'score') === part,
  ) as Reference;

it.each(['yolo8', 'yolo5', 'ssd', 'detr', 'nanodet', 'rtdetr'])(
  'the surest box of every picture of a batch is explained: %s',
  async (name) => {
    const network = await networkCalled(name, 5);
    const [first, second] = [fixturePicture(), fixturePicture(311)];
    // A picture in which no number is one has no box.
    const none = tf.fill([1, 32, 32, 3], Number.NaN) as tf.Tensor4D;
    const input = tf.concat4d([first, none, second], 0);
    const rows = network.nodes.map((node) => node.name);
    for (const part of ['score', 'place', 'both', 'top'] as const) {
      const { value, index, maps } = referenceOf(name, part);
      const layers = ['conv2', 'conv3'].map((row) => rows.indexOf(row));
      const box = { kind: 'box', box: 'surest', part } as const;
      const options = {
        method: 'grad-cam',
        layers,
        trueClasses: [null, null, null],
        box,
        checkpoint,
      } as const;
      const [own, empty, other] = await explainBatch(network, input, options);
      expect(own.value).toBeCloseTo(value, 3);
      expect(own.predicted).toBe(index);
      expect(own.failure).toBeUndefined();
      layers.forEach((node, at) => {
        const { values } = maps.find(({ row }) => row === rows[node]) as Reference['maps'][number];
        const scale = Math.max(...values.map(Math.abs));
        values.forEach((number, i) => {
          expect(Math.abs(own.maps[at].values[i] - Math.max(0, number))).toBeLessThan(1e-3 * scale);
        });
      });
      expect(empty.failure).toBe('The network finds no box in this picture. Choose one of its classes.');
      const [alone] = await explainBatch(network, second, { ...options, trueClasses: [null] });
      expect(other).toEqual(alone);
    }
    tf.dispose([first, second, none, input]);
    network.dispose();
  },
);

it.each(['eigen-cam', 'score-cam'] as const)('the same by %s, which takes no gradient', async (method) => {
  const network = await networkCalled('yolo8', 5);
  const none = tf.fill([1, 32, 32, 3], Number.NaN) as tf.Tensor4D;
  const first = fixturePicture();
  const input = tf.concat4d([none, first], 0);
  const layers = [network.nodes.findIndex(({ name }) => name === 'conv3')];
  const box = { kind: 'box', box: 'surest', part: 'place' } as const;
  const [empty, own] = await explainBatch(network, input, {
    ...{ method, layers, trueClasses: [null, null], box, checkpoint },
  });
  const { value, index } = referenceOf('yolo8', 'place');
  expect(empty.failure).toContain('finds no box in this picture');
  expect(own).toMatchObject({ predicted: index, value: expect.closeTo(value, 3) });
  tf.dispose([none, first, input]);
  network.dispose();
});

it('a network that finds no boxes is refused before the first picture, and others keep the names of their things', async () => {
  const box = { kind: 'box', box: 'surest' } as const;
  const request = { method: 'grad-cam', pooling: false, scaling: null, box } as const;
  const loaded = async (name: string, things?: string[]) =>
    ({
      network: await networkCalled(name, 5),
      summary: { labels: ['output'], things },
      scaling: { name: 'unit', isGuess: false },
    }) as unknown as LoadedNetwork;
  const classifier = await loaded('classifier');
  expect(() => studyPlan(classifier, backend, request)).toThrow('This network finds no boxes.');
  const detector = await loaded('rtdetr', ['ant', 'bee']);
  expect(studyPlan(detector, backend, request).network.labels).toEqual(['ant', 'bee']);
  for (const { network } of [classifier, detector]) network.dispose();
});
