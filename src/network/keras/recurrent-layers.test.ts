import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../build';
import type { Graph } from '../network-graph';
import { predict } from '../run-network';
import { StoredTensors } from '../stored-tensors';
import { gradCamAt } from '../testing/grad-cam-at';
import { layersModelGraph, readLayersModel } from '../testing/layers-at-once';
import { inputGradient, randomiseWeights, saved } from '../testing/referee';
import { relativeError } from '../testing/relative-error';
import { readKerasBytes } from './keras-testing';
import { LayerConfig } from './layer-config';
import { bidirectional, recurrentLayer } from './recurrent-layers';

const fixtures = path.join(import.meta.dirname, 'fixtures');
const side = 8;

/** What Keras computed; by `recurrent.py` and `cells.py`. */
interface Reference {
  logits: number[];
  /** Of the highest logit towards the picture, [h, w, c] row by row. */
  gradient: number[];
  /** Grad-CAM of it at the convolution before its negative values are cut off, [h, w] row by row. */
  cam?: number[];
}

const referencesIn = (file: string): [string, Reference][] =>
  Object.entries(JSON.parse(readFileSync(path.join(fixtures, file), 'utf8')));

beforeAll(() => startBackend('cpu'));

async function expectOfKeras(graph: Graph, { logits, gradient, cam }: Reference): Promise<void> {
  const network = buildNetwork(graph);
  const values = Float32Array.from({ length: side * side * 3 }, (_, i) => ((7919 * i) % 251) / 125 - 1);
  const x = tf.tensor4d(values, [1, side, side, 3]);
  expect(relativeError(await predict(network, x, async () => {}), logits)).toBeLessThan(1e-5);
  const target = logits.indexOf(Math.max(...logits));
  expect(relativeError(await inputGradient(network, x, target), gradient)).toBeLessThan(1e-4);
  if (cam) expect(relativeError(await gradCamAt(network, x, 'conv', target), cam)).toBeLessThan(1e-3);
  x.dispose();
  network.dispose();
}

describe('rows of a picture read as a sequence, as Keras saved it', () => {
  it.each([...referencesIn('references-recurrent.json'), ...referencesIn('references-cells.json')])(
    '%s: logits, gradient and Grad-CAM are those of Keras',
    async (file, reference) => {
      const { graph } = await readKerasBytes(file, readFileSync(path.join(fixtures, file)));
      await expectOfKeras(graph, reference);
    },
  );

  it.each(['simple', 'stacks'])('%s: so are they where TensorFlow.js has converted it', async (name) => {
    const { weights, ...file } = JSON.parse(readFileSync(path.join(fixtures, `${name}.tfjs.json`), 'utf8'));
    const graph = layersModelGraph(file, Uint8Array.from(Buffer.from(weights, 'base64')).buffer);
    await expectOfKeras(
      graph,
      Object.fromEntries(referencesIn('references-cells.json'))[`${name}.keras2.h5`],
    );
  });
});

describe('cells that TensorFlow.js saved itself', () => {
  const named = { recurrentInitializer: 'glorotNormal' } as const;
  const cell = (units: number) => layers.simpleRNNCell({ units, ...named });
  it.each([
    ['of a layer', () => layers.rnn({ cell: cell(4) })],
    ['in a stack', () => layers.rnn({ cell: [cell(4), cell(3)] })],
  ])('compute what it computes: %s', async (_, build) => {
    const given = input({ shape: [side, side, 3] });
    const rows = layers.reshape({ targetShape: [side, side * 3] }).apply(given);
    const last = build().apply(rows as SymbolicTensor) as SymbolicTensor;
    const network = model({
      inputs: given,
      outputs: layers.dense({ units: 3 }).apply(last) as SymbolicTensor,
    });
    randomiseWeights(network, 3);
    const { file, weights } = await saved(network);
    const read = readLayersModel(file, weights);
    const x = tf.randomUniform<tf.Rank.R4>([1, side, side, 3], -1, 1, 'float32', 3);
    const expected = Array.from((network.predict(x) as tf.Tensor).dataSync());
    expect(relativeError(await predict(read, x, async () => {}), expected)).toBeLessThan(1e-5);
    x.dispose();
    read.dispose();
  });
});

describe('units of another kind are refused by name', () => {
  const none = { find: () => null, tensors: new StoredTensors(new Map()), namesOf: () => [] };
  const layerOf = (className: string, config: object) =>
    new LayerConfig(className, ['odd'], 3, 2, { ...config }, none, [[4, 3]]);
  const cell = (className: string, config: object = {}) => ({ class_name: className, config });
  const gated = { activation: 'tanh', recurrent_activation: 'sigmoid' };

  it.each<[string, object, string]>([
    ['SimpleRNN', { activation: 'sigmoid' }, 'has units that are bent neither by "tanh" nor by "relu".'],
    ['RNN', { cell: cell('PeepholeCell') }, 'has the cell PeepholeCell, which cannot be read.'],
    [
      'RNN',
      { cell: cell('StackedRNNCells', { cells: [cell('StackedRNNCells')] }) },
      'has the cell StackedRNNCells, which cannot be read.',
    ],
    ['RNN', { cell: cell('StackedRNNCells', { cells: 'none' }) }, 'has no layer for cells.'],
    ['RNN', { cell: cell('GRUCell', { ...gated, activation: 'relu' }) }, 'not bent by "tanh".'],
    ['RNN', { cell: cell('LSTMCell', gated) }, 'has no weight "kernel" in this file.'],
    ['Bidirectional', { layer: cell('ConvLSTM1D') }, 'LSTM, GRU, SimpleRNN and RNN can be read.'],
  ])('%s with %j', (className, config, sentence) => {
    const layer = layerOf(className, config);
    expect(() => (className === 'Bidirectional' ? bidirectional : recurrentLayer)(layer)).toThrow(sentence);
  });
});
