import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildNetwork } from '../../network/build';
import { featureLayers, type Network } from '../../network/network';
import { fixture, graphOf } from '../../network/onnx/onnx-testing';
import { explain } from '../../saliency/explain-layers';
import type { SaliencyMethod } from '../../saliency/method-names';
import type { MapSmoothing } from '../../saliency/smoothing/map-smoothing';
import {
  bundledNetwork,
  hasShared,
  networkFromFolder,
  networkFromModel,
  sharedFolder,
  startBackend,
} from '../engine-testing';
import { explainBatch } from './explain-batch';

// Five pictures alone and together by every method take seconds, and a minute on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const unhurried = async () => {};
const fast: SaliencyMethod[] = [
  'grad-cam',
  'grad-cam++',
  'hires-cam',
  'layer-cam',
  'xgrad-cam',
  'eigen-cam',
  'eigen-grad-cam',
  'activation',
];

beforeAll(() => startBackend('wasm'));

let before = 0;
const open: Network[] = [];
const opened = (network: Network) => {
  open.push(network);
  return network;
};
afterEach(() => {
  for (const network of open.splice(0)) network.dispose();
});

const pictures = (network: Network, count: number, seed = 3) => {
  const [height, width, channels] = network.inputShape;
  return tf.randomUniform<tf.Rank.R4>([count, height, width, channels], -1, 1, 'float32', seed);
};

const layersOf = (network: Network) => featureLayers(network, ['convolution', 'pooling']);

/** Every picture of a batch gets, bit by bit, the maps and logits that it gets alone, for both classes. */
async function expectSameAsAlone(
  network: Network,
  method: SaliencyMethod,
  count = 5,
  smooth: MapSmoothing = 'none',
): Promise<void> {
  const layers = layersOf(network);
  expect(layers.length).toBeGreaterThan(1);
  const input = pictures(network, count);
  const trueClasses = Array.from({ length: count }, (_, picture) => (picture % 3 === 0 ? null : picture));
  const batch = await explainBatch(network, input, {
    ...{ method, smooth, layers, trueClasses, checkpoint: unhurried },
  });
  expect(batch.map(({ trueMaps }) => trueMaps !== null)).toEqual(
    batch.map(
      ({ predicted }, picture) => trueClasses[picture] !== null && trueClasses[picture] !== predicted,
    ),
  );
  expect(batch.some(({ trueMaps }) => trueMaps !== null)).toBe(true);
  for (const [index, picture] of batch.entries()) {
    const alone = tf.slice4d(input, [index, 0, 0, 0], [1, -1, -1, -1]);
    const own = await explain(network, alone, {
      ...{ method, smooth, layers, target: null, checkpoint: unhurried },
    });
    expect(picture.logits).toEqual(own.logits);
    expect(picture.predicted).toBe(own.target);
    expect(picture.maps).toEqual(own.layers.map(({ map }) => map));
    const known = trueClasses[index];
    if (picture.trueMaps && known !== null) {
      const other = await explain(network, alone, {
        ...{ method, smooth, layers, target: known, checkpoint: unhurried },
      });
      expect(picture.trueMaps).toEqual(other.layers.map(({ map }) => map));
    }
    alone.dispose();
  }
  input.dispose();
}

describe('a batch of pictures', () => {
  it.each(fast)('gives by %s what each picture gives alone', async (method) => {
    // What methods have in common is computed by the bundled network once, in maps of all sizes; what is their own, in small ones too.
    const network = opened(await (method === 'grad-cam' ? bundledNetwork() : smallMaps()));
    before = tf.memory().numTensors;
    await expectSameAsAlone(network, method, method === 'grad-cam' ? 5 : 3);
    // Filters turned for the gradient are kept with the network.
    const kept = tf.memory().numTensors - before;
    await expectSameAsAlone(network, method, 2);
    expect(tf.memory().numTensors - before).toBe(kept);
  });

  it.each(['aug', 'eigen'] as const)('gives smoothed by %s what each picture gives alone', async (smooth) => {
    await expectSameAsAlone(opened(await smallMaps()), 'grad-cam', 3, smooth);
  });

  it.each(['score-cam', 'ablation-cam'] as const)(
    'gives by %s what each picture gives alone',
    async (method) => {
      await expectSameAsAlone(opened(await smallMaps()), method, 3);
    },
  );

  it.each([
    'alexnet',
    'vgg',
    'googlenet',
    'resnet',
    'densenet',
    'mobilenet_v3',
    'shufflenet',
    'efficientnet',
    'convnext',
  ])('gives for %s what each picture gives alone', async (name) => {
    await expectSameAsAlone(opened(buildNetwork(await graphOf(fixture(`${name}.onnx`)))), 'grad-cam');
  });

  it('gives the same where a larger batch would take other kernels', async () => {
    await expectSameAsAlone(opened(await smallMaps()), 'grad-cam', 16);
  });

  it.skipIf(!hasShared)(
    'gives for MobileNet what each picture gives alone (skipped without ../shared)',
    async () => {
      const folder = path.join(sharedFolder, 'models/mobilenet_v1_0.75_224');
      await expectSameAsAlone(opened(await networkFromFolder(folder)), 'grad-cam', 3);
    },
  );

  it('does not depend on its neighbours or their order', async () => {
    const network = opened(await bundledNetwork());
    const options = { method: 'layer-cam' as const, layers: layersOf(network), checkpoint: unhurried };
    const input = pictures(network, 6);
    const turned = tf.reverse(input, 0) as tf.Tensor4D;
    const trueClasses = [0, 1, 2, 3, 4, 5];
    const forth = await explainBatch(network, input, { ...options, trueClasses });
    const back = await explainBatch(network, turned, { ...options, trueClasses: trueClasses.toReversed() });
    expect(back.toReversed()).toEqual(forth);
    tf.dispose([input, turned]);
  });
});

/** Wide layers on maps of 8 x 8 and 4 x 4, where the fastest kernel hangs on the size of the batch. */
function smallMaps(): Promise<Network> {
  const input = tfl.input({ shape: [8, 8, 3] });
  const kernelInitializer = (seed: number) => tfl.initializers.glorotUniform({ seed });
  const convolution = (filters: number, seed: number) =>
    tfl.layers.conv2d({
      filters,
      kernelSize: 3,
      padding: 'same',
      activation: 'relu',
      kernelInitializer: kernelInitializer(seed),
    });
  const layers = [
    convolution(48, 1),
    tfl.layers.maxPooling2d({ poolSize: 2 }),
    convolution(64, 2),
    convolution(64, 3),
    tfl.layers.flatten(),
    tfl.layers.dense({ units: 20, activation: 'relu', kernelInitializer: kernelInitializer(4) }),
    tfl.layers.dense({ units: 18, kernelInitializer: kernelInitializer(5) }),
  ];
  const output = layers.reduce((x, layer) => layer.apply(x) as tfl.SymbolicTensor, input);
  return networkFromModel(tfl.model({ inputs: input, outputs: output }));
}
