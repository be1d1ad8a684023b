import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../../network/build';
import { readNetworkFiles } from '../../network/files/formats';
import { filesOfBlobs } from '../../network/files/network-files';
import type { ReadNetwork } from '../../network/files/read-network';
import { readKerasBytes } from '../../network/keras/keras-testing';
import { predict } from '../../network/run-network';
import { ArchitectureError } from '../architecture/architecture';
import { architectureGraph } from '../architecture/architecture-graph';
import { exportHandlers } from './export-handlers';
import { exampleArchitectures, exampleNetwork, examplePicture } from './export-testing';
import { kerasArchive } from './keras-archive';
import { layersModelFiles } from './layers-model-files';

/** What Keras computes with these files; `fixtures/exported.py` wrote it. */
interface Reference {
  parameters: number;
  layers: [string, string][];
  probabilities: number[];
  lossAsClass1: number;
}

const { networks } = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'fixtures/exported.json'), 'utf8'),
) as { networks: Record<string, Reference> };

const names = Object.keys(exampleArchitectures);

async function asLayersModel(name: string): Promise<ReadNetwork> {
  const { model, weights } = layersModelFiles(exampleNetwork(name));
  const files = [
    { path: 'net/model.json', blob: new Blob([model]) },
    { path: 'net/weights.bin', blob: new Blob([weights]) },
  ];
  const options = { signal: new AbortController().signal, onBytes() {} };
  return readNetworkFiles(filesOfBlobs(files, 'net/model.json'), options);
}

const asKeras = async (name: string) =>
  readKerasBytes(`${name}.keras`, await kerasArchive(exampleNetwork(name)));

/** Holds what this product computes with a network it opened against Keras' probabilities. */
async function expectKeras({ graph }: Pick<ReadNetwork, 'graph'>, name: string): Promise<void> {
  const network = buildNetwork(graph);
  const side = exampleArchitectures[name].side;
  const x = tf.tensor4d(examplePicture(side), [1, side, side, 3]);
  const logits = await predict(network, x, async () => {});
  const largest = Math.max(...logits);
  const powers = Array.from(logits, (logit) => Math.exp(logit - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  powers.forEach((power, i) => {
    expect(Math.abs(power / total - networks[name].probabilities[i])).toBeLessThan(1e-5);
  });
  x.dispose();
  network.dispose();
}

beforeAll(() => startBackend('cpu'));

describe('a trained network as files', () => {
  it('the fixtures tell networks apart and leave no class at chance', () => {
    for (const name of names) {
      const { probabilities } = networks[name];
      expect(Math.max(...probabilities)).toBeGreaterThan(1.5 / probabilities.length);
      expect(networks[name].lossAsClass1).toBeCloseTo(-Math.log(probabilities[1]), 5);
    }
  });

  it.each(names)('%s: Keras finds the layers under their own names, each by itself', (name) => {
    const { layers, parameters } = networks[name];
    const { weights } = exampleNetwork(name);
    expect(parameters).toBe(weights.reduce((sum, { values }) => sum + values.length, 0));
    const count = (className: string) => layers.filter(([, kind]) => kind === className).length;
    const filters = weights.filter((weight) => weight.name.endsWith('/filter'));
    expect(count('Conv2D') + count('DepthwiseConv2D')).toBe(filters.length);
    expect(count('BatchNormalization')).toBe(exampleArchitectures[name].batchNorm ? filters.length : 0);
    for (const { name: weight } of filters) {
      const layer = weight.replace('/filter', '');
      expect(layers).toContainEqual([layer, layer.endsWith('_depth') ? 'DepthwiseConv2D' : 'Conv2D']);
    }
    expect(layers.at(-1)).toEqual(['logits', 'Dense']);
  });

  it.each(names)(
    '%s: as ONNX file it gives the probabilities of Keras, and tells labels and scaling',
    async (name) => {
      const { result } = await exportHandlers.onnx(exampleNetwork(name), {} as never);
      const files = filesOfBlobs([{ path: 'net.onnx', blob: new Blob([result]) }], 'net.onnx');
      const read = await readNetworkFiles(files, { signal: new AbortController().signal, onBytes() {} });
      expect(read.labels).toEqual(exampleNetwork(name).labels);
      expect(read.scaling).toMatchObject({ scaling: 'signed', isGuess: false });
      await expectKeras(read, name);
    },
  );

  it.each(names)(
    '%s: as LayersModel it is read by TensorFlow.js with the probabilities of Keras',
    async (name) => {
      const { model, weights } = layersModelFiles(exampleNetwork(name));
      const { modelTopology, weightsManifest, userDefinedMetadata } = JSON.parse(model);
      const loaded = await loadLayersModel({
        load: async () => ({
          modelTopology,
          weightSpecs: weightsManifest[0].weights,
          weightData: weights.buffer,
          userDefinedMetadata,
        }),
      });
      const { side } = exampleArchitectures[name];
      const x = tf.tensor4d(examplePicture(side), [1, side, side, 3]);
      const output = loaded.predict(x) as tf.Tensor;
      const probabilities = await output.data();
      networks[name].probabilities.forEach((expected, i) => {
        expect(Math.abs(probabilities[i] - expected)).toBeLessThan(1e-5);
      });
      expect(loaded.getUserDefinedMetadata()).toMatchObject({ scaling: 'signed', title: name });
      tf.dispose([x, output]);
      loaded.dispose();
    },
  );

  it.each(names)('%s: as LayersModel it opens here, with labels and scaling', async (name) => {
    const read = await asLayersModel(name);
    expect(read.labels).toEqual(exampleNetwork(name).labels);
    expect(read.scaling).toEqual({ scaling: 'signed', reason: 'As the file tells.', isGuess: false });
    await expectKeras(read, name);
  });

  it.each(names)('%s: as Keras file it opens here, with labels and scaling', async (name) => {
    const read = await asKeras(name);
    expect(read.format).toBe('keras');
    expect(read.labels).toEqual(exampleNetwork(name).labels);
    expect(read.scaling).toEqual({ scaling: 'signed', reason: 'As the file tells.', isGuess: false });
    await expectKeras(read, name);
  });

  it.each(names)('%s: what is explained without a file computes the same', async (name) => {
    const { architecture, weights } = exampleNetwork(name);
    await expectKeras({ graph: architectureGraph(architecture, weights) }, name);
  });

  it('keeps no file of the HDF5 library behind', async () => {
    await kerasArchive(exampleNetwork('plain'));
    const { FS } = await import('h5wasm');
    const left = (FS as unknown as { readdir(path: string): string[] }).readdir('/');
    expect(left.filter((file) => file.endsWith('.h5'))).toEqual([]);
  });

  it('is what the training worker answers, its bytes handed over and not copied', async () => {
    const network = exampleNetwork('plain');
    const task = { signal: new AbortController().signal, report: () => {}, checkpoint: async () => {} };
    const model = await exportHandlers.layersModel(network, task as never);
    expect(model.result).toEqual(layersModelFiles(network));
    expect(model.transfer).toEqual([model.result.weights.buffer]);
    const keras = await exportHandlers.keras(network, task as never);
    expect(keras.transfer).toEqual([keras.result.buffer]);
    expect((await readKerasBytes('plain.keras', keras.result)).format).toBe('keras');
  });

  it('refuses weights that are missing or of another shape, by name', () => {
    const network = exampleNetwork('residual');
    const without = network.weights.filter(({ name }) => name !== 'res3_a/scale');
    expect(() => layersModelFiles({ ...network, weights: without })).toThrow(
      new ArchitectureError('The weight res3_a/scale of this architecture is missing.'),
    );
    const wrong = network.weights.map((weight) =>
      weight.name === 'conv2/filter' ? { ...weight, shape: [3, 3, 8, 12] } : weight,
    );
    expect(() => layersModelFiles({ ...network, weights: wrong })).toThrow(
      'The weight conv2/filter has the shape [3,3,8,12] instead of [3,3,8,10]',
    );
  });
});
