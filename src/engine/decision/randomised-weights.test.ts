import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { rankCorrelation, seededRandom } from '../../semiotics';
import { buildNetwork } from '../network/build';
import type { Graph } from '../network/graph';
import { layersModelGraph } from '../network/layers-model';
import { featureLayers, type Network } from '../network/network';
import { weightOf, weightsOf } from '../network/weights';
import { explain } from '../saliency/explain';
import { bundledNetwork, startBackend } from '../testing';
import { randomisedWeights } from './randomised-weights';
import { layersWithWeights, shuffleLayer } from './shuffle-weights';

const numbers = (length: number, start: number) => Float32Array.from({ length }, (_, i) => start + i);

const graph: Graph = {
  input: { name: 'input', shape: [4, 4, 2] },
  nodes: [
    {
      name: 'low',
      inputs: ['input'],
      spec: {
        type: 'convolution',
        filter: weightOf([1, 1, 2, 50], numbers(100, 0)),
        bias: weightOf([50], numbers(50, 1000)),
        strides: [1, 1],
        padding: 'valid',
        dilations: [1, 1],
        groups: 1,
        activation: { name: 'linear' },
      },
    },
    { name: 'pool', inputs: ['low'], spec: { type: 'reduce', by: 'mean', axes: [0, 1], keep: false } },
    {
      name: 'top',
      inputs: ['pool'],
      spec: {
        type: 'dense',
        kernel: weightOf([50, 4], numbers(200, 0)),
        bias: null,
        activation: { name: 'linear' },
      },
    },
  ],
  outputs: ['top'],
};

const weightsIn = ({ nodes }: Graph) =>
  nodes.flatMap(({ spec }) => weightsOf(spec).map((weight) => [...weight.read()]));

describe('shuffled weights', () => {
  it('belong to the layers that have any, in the order of the graph', () => {
    expect(layersWithWeights(graph)).toEqual(['low', 'top']);
  });

  it('move within their own weight, and only in the layer named', () => {
    const before = weightsIn(graph);
    const after = weightsIn(shuffleLayer(graph, 'top', seededRandom(1)));
    expect(weightsIn(graph)).toEqual(before);
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect([...after[2]].sort((a, b) => a - b)).toEqual(before[2]);
    expect(after[2].filter((value, i) => value === before[2][i]).length).toBeLessThan(10);
  });

  it('are the same whenever they are read', () => {
    const shuffled = shuffleLayer(graph, 'low', seededRandom(2));
    expect(weightsIn(shuffled)).toEqual(weightsIn(shuffled));
    expect(weightsIn(shuffled)[0]).not.toEqual(weightsIn(graph)[0]);
  });
});

describe('the cascade over the bundled network', () => {
  it('goes from the logits to the first layer, and frees its networks', async () => {
    await startBackend('wasm');
    const folder = path.resolve(import.meta.dirname, '../../../public/networks/photos10');
    const model = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
    const bytes = readFileSync(path.join(folder, 'weights.bin'));
    const trainedGraph = layersModelGraph(
      model,
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    );
    const network = await bundledNetwork();
    const input = tf.randomUniform<tf.Rank.R4>([1, 112, 112, 3], -1, 1, 'float32', 4);
    const mapsOf = async (explained: Network) =>
      (
        await explain(explained, input, {
          method: 'grad-cam',
          layers: featureLayers(explained, ['convolution']),
          target: 5,
          checkpoint: async () => {},
        })
      ).layers;
    const trained = await mapsOf(network);
    const before = tf.memory().numTensors;
    const changed: string[][] = [];
    const maps: Float32Array[][] = [];
    const steps: number[] = [];
    const found = await randomisedWeights({
      graph: trainedGraph,
      build: (randomised) => {
        const [now, then] = [randomised, trainedGraph].map(({ nodes }) =>
          nodes.map((node) => ({
            name: node.name,
            values: weightsOf(node.spec).map((weight) => weight.read()),
          })),
        );
        changed.push(
          now
            .filter(({ values }, i) =>
              values.some((value, k) => value.some((v, n) => v !== then[i].values[k][n])),
            )
            .map(({ name }) => name),
        );
        return buildNetwork(randomised);
      },
      explain: async (randomised) => {
        const explained = await mapsOf(randomised);
        maps.push(explained.map(({ map }) => map.values));
        return explained;
      },
      trained,
      draws: 1,
      seed: 3,
      onProgress: (done) => steps.push(done),
    });
    expect(tf.memory().numTensors).toBe(before);
    const order = [...trained.map(({ name }) => name), 'logits'].reverse();
    expect(found.randomised).toEqual(order);
    expect(steps).toEqual(order.map((_, depth) => depth));
    expect(changed.map((layers) => [...layers].reverse())).toEqual(
      order.map((_, depth) => order.slice(0, depth + 1)),
    );
    expect(found.layers.map(({ name }) => name)).toEqual(trained.map(({ name }) => name));
    for (const [i, { similarity }] of found.layers.entries()) {
      expect(similarity).toEqual(maps.map((at) => [rankCorrelation(trained[i].map.values, at[i])]));
    }
    // Only the gradient has changed where the logits alone are randomised; everything has at the end.
    expect(found.layers.some(({ similarity }) => (similarity[0][0] ?? 0) > 0.2)).toBe(true);
    const ends = found.layers.slice(-4).map(({ similarity }) => Math.abs(similarity.at(-1)?.[0] ?? 0));
    expect(ends.reduce((sum, end) => sum + end / ends.length, 0)).toBeLessThan(0.6);
    input.dispose();
    network.dispose();
  }, 60_000);
});
