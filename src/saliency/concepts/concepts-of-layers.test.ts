import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../../network/build';
import { explainedKinds, featureLayers } from '../../network/network';
import { graphOf } from '../../network/onnx/onnx-testing';
import { forward } from '../../network/run-network';
import { cases, networkOf } from '../saliency-testing';
import { conceptsOfLayers } from './concepts-of-layers';
import { factorise } from './layer-concepts';

const unhurried = async () => {};

describe.each(['cpu', 'wasm'] as const)('concepts on %s', (backend) => {
  beforeAll(() => startBackend(backend), 60_000);

  it('before a mean and a linear end, are worth and named what that end makes of them', async () => {
    const { nodes, input, layers, target } = cases.sequence;
    const network = await networkOf(cases.sequence);
    const picture = tf.tensor4d([input]);
    const before = tf.memory().numTensors;
    const places = layers.map(({ name }) => network.nodes.findIndex((node) => node.name === name));
    const told: string[] = [];
    const found = await conceptsOfLayers(network, picture, {
      ...{ layers: places, target, count: 3, checkpoint: unhurried },
      onLayer: ({ name }, done) => told.push(`${done} ${name}`),
    });
    expect(found.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(told).toEqual(['1 c', '2 b', '3 a']);
    expect(tf.memory().numTensors).toBe(before);

    const outputs = await forward(network, picture, unhurried);
    const values = (await outputs[places[2]].data()) as Float32Array;
    tf.dispose(outputs);
    const { shape } = network.nodes[places[2]];
    const [height, width, channels] = shape;
    const { concepts } = await factorise({ values, height, width, channels }, 3);
    const { kernel, bias } = nodes.find(({ kind }) => kind === 'dense') as {
      kernel: number[][];
      bias: number[];
    };
    const last = found[2];
    last.concepts.forEach(({ worth, classes, map }, k) => {
      const { vector } = concepts[k];
      // The mean over places of its part of every channel, times the class's weight of it.
      const fullness = map.reduce((sum, value) => sum + value, 0) / Math.max(...map) / map.length;
      const expected = kernel.reduce((sum, row, c) => sum + row[target] * vector[c] * fullness, 0);
      expect(Math.abs(worth - expected)).toBeLessThan(1e-5);
      const logits = bias.map((own, j) => kernel.reduce((sum, row, c) => sum + row[j] * vector[c], own));
      const size = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
      const likeliest = logits
        .map((logit, index) => ({ index, probability: Math.exp(logit) / size }))
        .sort((a, b) => b.probability - a.probability);
      expect(classes).toHaveLength(2);
      classes?.forEach(({ index, probability }, i) => {
        expect(index).toBe(likeliest[i].index);
        expect(Math.abs(probability - likeliest[i].probability)).toBeLessThan(1e-5);
      });
    });
    // All of the layer's is the logit but for the bias.
    expect(Math.abs(last.worth - (cases.sequence.logits[target] - bias[target]))).toBeLessThan(1e-5);
    // Behind the others lies what looks at neighbours.
    for (const { concepts: earlier } of found.slice(0, 2)) {
      for (const { classes } of earlier) expect(classes).toBeNull();
    }
    picture.dispose();
    network.dispose();
  });
});

describe('concepts of a transformer', () => {
  beforeAll(() => startBackend('cpu'), 60_000);

  it.each(['mean-of-tokens.onnx', 'class-token.onnx'])('lie on the grid of its tokens: %s', async (file) => {
    const bytes = readFileSync(path.join(import.meta.dirname, '../attention/fixtures', file));
    const network = await buildNetwork(await graphOf(Uint8Array.from(bytes)));
    const picture = tf.randomNormal<tf.Rank.R4>([1, ...network.inputShape], 0, 1, 'float32', 3);
    const layers = featureLayers(network, explainedKinds());
    const before = tf.memory().numTensors;
    const found = await conceptsOfLayers(network, picture, {
      ...{ layers, target: null, count: 4, checkpoint: unhurried },
    });
    expect(tf.memory().numTensors).toBe(before);
    found.forEach(({ width, height, concepts, explained }, i) => {
      expect([height, width]).toEqual(network.nodes[layers[i]].shape.slice(0, 2));
      expect(concepts.length).toBeGreaterThan(1);
      expect(Math.abs(concepts.reduce((sum, { share }) => sum + share, 0) - 1)).toBeLessThan(1e-6);
      expect(explained).toBeGreaterThan(0.3);
    });
    expect(found.at(-1)?.concepts[0].classes === null).toBe(file === 'class-token.onnx');
    picture.dispose();
    network.dispose();
  });
});
