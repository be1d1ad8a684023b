import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildNetwork } from '../../network/build';
import type { LoadedNetwork } from '../../network/load-network-files';
import type { Network } from '../../network/network';
import { fixture, graphOf } from '../../network/onnx/onnx-testing';
import { attentionBlocks } from '../../network/tokens/attention-blocks';
import { pictureNode } from '../../saliency/channel-passes';
import { explain } from '../../saliency/explain-layers';
import { startBackend } from '../engine-testing';
import { explainBatch } from './explain-batch';
import { studyPlan } from './study-batch';

const fixtures = path.join(import.meta.dirname, '../../saliency/attention/fixtures');

/** Maps of a tiny transformer in float64, by `attention.py` beside it. */
const {
  'class token': data,
}: Record<
  string,
  {
    grid: [number, number];
    picture: number[][][];
    target: number;
    logits: number[];
    layers: { maps: Record<string, number[][]> }[];
  }
> = JSON.parse(readFileSync(path.join(fixtures, 'attention.json'), 'utf8'));

const checkpoint = async () => {};
let network: Network;
let input: tf.Tensor4D;
let layers: number[];

beforeAll(async () => {
  await startBackend('wasm');
  network = buildNetwork(
    await graphOf(Uint8Array.from(readFileSync(path.join(fixtures, 'class-token.onnx')))),
  );
  layers = attentionBlocks(network).map(({ layer }) => layer);
  // The picture of the reference behind another one.
  input = tf.tidy(() => {
    const picture = tf.tensor4d([data.picture]);
    return tf.concat([tf.reverse(picture, 2), picture]) as tf.Tensor4D;
  });
});
afterAll(() => {
  input.dispose();
  network.dispose();
});

const loaded = (own: Network) => ({ network: own, summary: {}, scaling: {} }) as unknown as LoadedNetwork;
const plan = (own: Network, ...[request]: [Partial<Parameters<typeof studyPlan>[2]>]) =>
  studyPlan(loaded(own), {} as never, { method: 'grad-cam', pooling: false, scaling: null, ...request });

describe('attention in a study', () => {
  it.each(['attention', 'rollout', 'attention-relevance', 'legrad'] as const)(
    'by %s is that of each picture, as the reference has it',
    async (method) => {
      const before = tf.memory().numTensors;
      const trueClasses = [null, (data.target + 1) % data.logits.length];
      const [, found] = await explainBatch(network, input, { method, layers, trueClasses, checkpoint });
      expect(found.predicted).toBe(data.target);
      found.maps.forEach(({ values, width, height }, block) => {
        expect([height, width]).toEqual(data.grid);
        const expected = data.layers[block].maps[method].flat();
        expected.forEach((value, i) => {
          expect(values[i]).toBeCloseTo(value, 5);
        });
      });
      // Where tokens look does not hang on a class; what decides does.
      const isSame = JSON.stringify(found.trueMaps) === JSON.stringify(found.maps);
      expect(isSame).toBe(method === 'attention' || method === 'rollout');
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it('has the blocks for its layers, one picture at a time', () => {
    const { layers: planned, batch } = plan(network, { method: 'rollout' });
    expect(planned.map(({ name }) => name)).toEqual(layers.map((layer) => network.nodes[layer].name));
    expect(planned.map(({ shape }) => shape.slice(0, 2))).toEqual(layers.map(() => data.grid));
    expect(batch).toBe(1);
    expect(plan(network, {}).batch).toBeGreaterThan(1);
  });

  it('is refused for a network without any', async () => {
    const plain = buildNetwork(await graphOf(fixture('squeezenet.onnx')));
    expect(() => plan(plain, { method: 'attention' })).toThrow(
      'This network holds no attention between all its tokens.',
    );
    plain.dispose();
  });
});

describe('a method at the input in a study', () => {
  it('has one layer, the picture, and gives each picture of a batch what it gives alone', async () => {
    const { layers: planned, batch } = plan(network, { method: 'input-x-gradient' });
    const [height, width, channels] = network.inputShape;
    expect(planned).toEqual([{ name: 'input', kind: 'input', shape: [height, width, channels] }]);
    expect(batch).toBe(1);
    const options = { method: 'input-x-gradient' as const, layers: [pictureNode(network)], checkpoint };
    const found = await explainBatch(network, input, { ...options, trueClasses: [null, null] });
    const own = tf.slice4d(input, [1, 0, 0, 0], [1, -1, -1, -1]);
    const alone = await explain(network, own, { ...options, target: null });
    expect(found[1].maps).toEqual(alone.layers.map(({ map }) => map));
    expect(found[1].maps[0].values.some((value) => value > 0)).toBe(true);
    own.dispose();
  });
});

describe('a class set against others in a study', () => {
  it.each(['rest', 'opposite'] as const)('is explained as one picture is: %s', async (against) => {
    for (const method of ['hires-cam', 'attention-relevance'] as const) {
      const options = { method, layers, checkpoint };
      const trueClasses = [null, (data.target + 1) % data.logits.length];
      const [, found] = await explainBatch(network, input, { ...options, trueClasses, against });
      const own = tf.slice4d(input, [1, 0, 0, 0], [1, -1, -1, -1]);
      const alone = (index: number | null) =>
        explain(network, own, { ...options, target: { kind: 'contrast', index, against } });
      expect(found.maps).toEqual((await alone(null)).layers.map(({ map }) => map));
      expect(found.trueMaps).toEqual((await alone(trueClasses[1])).layers.map(({ map }) => map));
      const [, plain] = await explainBatch(network, input, { ...options, trueClasses });
      expect(found.maps).not.toEqual(plain.maps);
      own.dispose();
    }
  });
});
