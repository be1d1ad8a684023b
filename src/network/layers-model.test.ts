import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromFloat16 } from '../codecs/float16';
import { startBackend } from '../engine/engine-testing';
import { weightPaths } from './layers-model';
import { expectClose } from './ops/testing/run-operation';
import { predict } from './run-network';
import { readLayersModel } from './testing/layers-at-once';
import { randomiseWeights, saved } from './testing/referee';

const unhurried = async () => {};

/** A small network, saved. */
async function tiny() {
  const model = sequential({
    layers: [
      layers.conv2d({ inputShape: [6, 6, 3], filters: 4, kernelSize: 3, activation: 'relu' }),
      layers.flatten(),
      layers.dense({ units: 3 }),
    ],
  });
  randomiseWeights(model, 2);
  const result = await saved(model);
  model.dispose();
  return result;
}

async function logits(...[file, weights]: Parameters<typeof readLayersModel>): Promise<Float32Array> {
  const network = readLayersModel(file, weights);
  const x = tf.randomUniform<tf.Rank.R4>([1, 6, 6, 3], -1, 1, 'float32', 9);
  const values = await predict(network, x, unhurried);
  x.dispose();
  network.dispose();
  return values;
}

beforeAll(() => startBackend('cpu'));

it('refuses a layer of code, by its name', async () => {
  const { file, weights } = await tiny();
  const withCode = JSON.parse(JSON.stringify(file).replace('"Flatten"', '"Lambda"'));
  expect(() => readLayersModel(withCode, weights)).toThrow(/Lambda.* holds code, which is never run/);
});

describe('quantised weights', () => {
  it.each(['uint8', 'uint16', 'float16'] as const)(
    '%s are read as TensorFlow.js reads them',
    async (dtype) => {
      const { file, weights } = await tiny();
      const entries = (file.weightsManifest?.[0].weights ?? []).map((entry) => ({
        ...entry,
        quantization:
          dtype === 'float16' ? { dtype } : { dtype, min: -0.7, scale: dtype === 'uint8' ? 0.006 : 2e-5 },
      }));
      const count = weights.byteLength / 4;
      const bytes = new Uint8Array(count * (dtype === 'uint8' ? 1 : 2));
      // Halves of ordinary size: exponents from 2^-15 to 1.
      bytes.forEach((_, i) => {
        bytes[i] = dtype === 'float16' && i % 2 === 1 ? 0x30 + (i % 11) : (i * 89) % 256;
      });
      const decoded = tf.io.decodeWeights(bytes.buffer, entries as tf.io.WeightsManifestEntry[]);
      const plain = Float32Array.from(entries.flatMap(({ name }) => [...decoded[name].dataSync()]));
      tf.dispose(decoded);
      const quantised = { ...file, weightsManifest: [{ paths: ['w'], weights: entries }] };
      expectClose(await logits(quantised, bytes.buffer), await logits(file, plain.buffer), 1e-6);
    },
  );

  it('half precision holds zeros, subnormals, infinities and NaN', () => {
    const bits = Uint16Array.of(
      0x0000,
      0x8000,
      0x0001,
      0x03ff,
      0x3c00,
      0xc000,
      0x7bff,
      0x7c00,
      0xfc00,
      0x7e00,
    );
    expect(Array.from(fromFloat16(bits))).toEqual([
      0,
      -0,
      2 ** -24,
      1023 * 2 ** -24,
      1,
      -2,
      65504,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ]);
  });
});

describe('names of layers with slashes', () => {
  const dense = (name: string, read: string) => ({
    name,
    class_name: 'Dense',
    config: { name, units: 1, use_bias: false },
    inbound_nodes: [[[read, 0, 0, {}]]],
  });
  const input = { class_name: 'InputLayer', config: { name: 'i', batch_input_shape: [null, 1, 1, 1] } };
  const flat = { name: 'flat', class_name: 'Flatten', config: {}, inbound_nodes: [[['i', 0, 0, {}]]] };
  const edges = (output: string) => ({ input_layers: [['i', 0, 0]], output_layers: [[output, 0, 0]] });
  const inner = {
    name: 'inner',
    class_name: 'Functional',
    config: {
      name: 'inner',
      layers: [{ ...input, name: 'i', inbound_nodes: [] }, flat, dense('a/b', 'flat'), dense('b', 'a/b')],
      ...edges('b'),
    },
    inbound_nodes: [[['i', 0, 0, {}]]],
  };

  it.each([
    ['alone', ['a/b/kernel', 'b/kernel', 'c/b/kernel']],
    ["behind their model's", ['inner/a/b/kernel', 'inner/b/kernel', 'c/b/kernel']],
  ])('are found %s, and those of layers that lead nowhere are left', async (_, names) => {
    const layersOf = [{ ...input, name: 'i', inbound_nodes: [] }, inner, dense('c/b', 'inner')];
    const topology = { class_name: 'Model', config: { name: 'n', layers: layersOf, ...edges('inner') } };
    const weights = names.map((name) => ({ name, shape: [1, 1], dtype: 'float32' as const }));
    const file = { modelTopology: topology, weightsManifest: [{ paths: ['w'], weights }] };
    const network = readLayersModel(file, Float32Array.of(2, 3, 5).buffer);
    const x = tf.tensor4d([7], [1, 1, 1, 1]);
    expect(Array.from(await predict(network, x, unhurried))).toEqual([42]);
    x.dispose();
    network.dispose();
  });
});

describe('weights that do not fit', () => {
  it('say by how much', async () => {
    const { file, weights } = await tiny();
    expect(() => readLayersModel(file, weights.slice(0, -4))).toThrow(
      `The weights are ${(weights.byteLength - 4).toLocaleString('en')} bytes long, but model.json describes ${weights.byteLength}`,
    );
  });
  it('name the layer whose shape is another', async () => {
    const { file, weights } = await tiny();
    const entries = file.weightsManifest?.[0].weights.map((entry) =>
      entry.shape.length === 4 ? { ...entry, shape: [3, 3, 4, 3] } : entry,
    );
    const wrong = { ...file, weightsManifest: [{ paths: ['w'], weights: entries as never }] };
    expect(() => readLayersModel(wrong, weights)).toThrow(
      /^Layer "conv2d_[^"]+" has a filter of shape \[3,3,4,3\] in 1 group, which does not fit 3 input channels/,
    );
  });
  it('are asked for where model.json has none', () => {
    expect(() => weightPaths({ modelTopology: {} })).toThrow('no weights manifest');
  });
});
