import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { zipOf } from '../../codecs/zip/zip-testing';
import { hasShared, sharedFolder, startBackend } from '../../engine/engine-testing';
import { explain } from '../../saliency/explain-layers';
import { buildNetwork } from '../build';
import { openZip } from '../files/network-archive';
import { featureLayers, type Network } from '../network';
import { NetworkError } from '../network-errors';
import { predict } from '../run-network';
import { relativeError } from '../testing/relative-error';
import { readKerasBytes } from './keras-testing';

const fixtures = path.join(import.meta.dirname, 'fixtures');
const unhurried = async () => {};

/** What Keras computed; the Python files beside the fixtures wrote both. */
interface Reference {
  /** Whether the network scales pictures itself. */
  raw: boolean;
  /** Of the picture, where it is not 32 x 32 x 3. */
  shape?: [number, number, number];
  logits: number[];
  gradCam: Record<string, { shape: number[]; values: number[] }>;
}

const jsonOf = (file: string) => JSON.parse(readFileSync(path.join(fixtures, file), 'utf8'));

const references = [
  'references2.json',
  'references3.json',
  'references-more.json',
  'references-functions.json',
  'references-earlier.json',
  'references-slashes.json',
].flatMap((file) => Object.entries(jsonOf(file) as Record<string, Reference>));
// The same network in the words of Keras 1, which computes the same.
references.push(['resnet.keras1.h5', jsonOf('references2.json')['resnet.keras2.h5']]);

const picture = (raw: boolean, length: number) =>
  Float32Array.from({ length }, (_, i) => {
    const value = (7919 * i) % 251;
    return raw ? value : value / 125 - 1;
  });

/** Holds logits, and Grad-CAM of the largest one, against what Keras computed. */
async function expectReference(
  network: Network,
  shape: tf.Tensor4D['shape'],
  { raw, logits, gradCam }: Reference,
): Promise<void> {
  const [, height, width, channels] = shape;
  const x = tf.tensor4d(picture(raw, height * width * channels), shape);
  expect(relativeError(await predict(network, x, unhurried), logits)).toBeLessThan(1e-4);
  const result = await explain(network, x, {
    method: 'grad-cam',
    layers: featureLayers(network, ['convolution']),
    target: null,
    checkpoint: unhurried,
  });
  expect(result.target).toBe(logits.indexOf(Math.max(...logits)));
  for (const [name, expected] of Object.entries(gradCam)) {
    const map = result.layers.find((layer) => layer.name === name)?.map;
    expect(map && [map.height, map.width], name).toEqual(expected.shape);
    expect(relativeError(map?.values ?? [], expected.values), name).toBeLessThan(1e-3);
  }
  x.dispose();
}

beforeAll(() => startBackend('wasm'));

describe('files that Keras saved', () => {
  it.each(references)('%s: logits and Grad-CAM are those of Keras', async (file, reference) => {
    const before = tf.memory().numTensors;
    const { graph, format } = await readKerasBytes(file, readFileSync(path.join(fixtures, file)));
    expect(format).toBe(file.endsWith('.h5') ? 'keras-hdf5' : 'keras');
    const network = buildNetwork(graph);
    await expectReference(network, [1, ...(reference.shape ?? [32, 32, 3])], reference);
    network.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each(['dictionary.keras3.keras', 'dictionary.keras3.h5'])(
    '%s: outputs bear the names of their dictionary',
    async (file) => {
      const { graph } = await readKerasBytes(file, readFileSync(path.join(fixtures, file)));
      expect(graph.outputs).toEqual(['box', 'box, output', 'label']);
      const shapes = graph.outputs.map((output) => {
        const network = buildNetwork(graph, { output });
        const { shape } = network.nodes[network.output];
        network.dispose();
        return shape;
      });
      expect(shapes).toEqual([[2], [3], [4]]);
    },
  );

  it('an archive that was packed again by Windows, in a folder, is the same', async () => {
    const [config, metadata, weights] = await Promise.all(
      ['config.json', 'metadata.json', 'model.weights.h5'].map(async (name) => {
        const bytes = Uint8Array.from(readFileSync(path.join(fixtures, 'vgg.keras3.keras')));
        return { name: `vgg\\${name}`, content: await openZip(bytes).read(name, 1e9) };
      }),
    );
    const packed = zipOf([config, metadata, weights].map((member) => ({ ...member, method: 0 as const })));
    const { graph } = await readKerasBytes('vgg.keras', packed);
    const network = buildNetwork(graph);
    await expectReference(network, [1, 32, 32, 3], jsonOf('references3.json')['vgg.keras3.keras']);
    network.dispose();
  });

  it.skipIf(!hasShared)(
    'mini-XCEPTION, trained with Keras 2.0, gives what Keras gives (skipped where ../shared is absent)',
    async () => {
      const file = 'fer2013_mini_XCEPTION.hdf5';
      const { graph } = await readKerasBytes(file, readFileSync(path.join(sharedFolder, 'models', file)));
      const network = buildNetwork(graph);
      expect(network.inputShape).toEqual([64, 64, 1]);
      expect(network.nodes[network.output].shape).toEqual([7]);
      await expectReference(network, [1, 64, 64, 1], jsonOf('mini-xception.json'));
      network.dispose();
    },
  );
});

describe('files that are damaged or of the wrong kind', () => {
  const sentences = ['bad/sentences.json', 'bad/sentences-quantised.json'].flatMap((file) =>
    Object.entries(jsonOf(file) as Record<string, string>),
  );
  it.each(sentences)('%s: %s', async (file, sentence) => {
    const before = tf.memory().numTensors;
    const built = readKerasBytes(file, readFileSync(path.join(fixtures, 'bad', file))).then(({ graph }) =>
      buildNetwork(graph),
    );
    await expect(built).rejects.toThrow(new NetworkError(sentence));
    expect(tf.memory().numTensors).toBe(before);
  });
});
