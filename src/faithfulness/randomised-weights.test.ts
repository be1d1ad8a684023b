import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startBackend } from '../engine/engine-testing';
import { buildNetwork } from '../network/build';
import { featureLayers, type Network } from '../network/network';
import type { Graph, GraphNode } from '../network/network-graph';
import { layersModelGraph } from '../network/testing/layers-at-once';
import { explain } from '../saliency/explain-layers';
import { rankCorrelation } from '../semiotics';
import { fixtureNetwork, fixturePicture, fixtureRandomiser, quantusMprt } from './faithfulness-testing';
import { randomisationOrders, randomisationSteps } from './randomisation-steps';
import { randomisedWeights } from './randomised-weights';
import { shuffleWeights, weightedNodes } from './shuffle-weights';

/** The bundled network as its reader gives it. */
function bundledGraph(): Graph {
  const folder = path.resolve(import.meta.dirname, '../../public/networks/photos10');
  const model = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
  const bytes = readFileSync(path.join(folder, 'weights.bin'));
  return layersModelGraph(model, bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

const convolutions = ['1_1', '1_2', '2_1', '2_2', '3_1', '3_2', '3_3', '4_1', '4_2', '4_3', '5_1', '5_2'];
/** Layers with weights, from the last to the first. */
const order = ['logits', ...convolutions.map((end) => `conv${end}`).reverse()];

/** Filter and bias of a convolution or dense layer. */
function weightsOf({ nodes }: Graph, name: string): Float32Array[] {
  const { spec } = nodes.find((node) => node.name === name) as GraphNode;
  return Object.values(spec).flatMap((value) =>
    typeof value === 'object' && value !== null && 'read' in value ? [value.read()] : [],
  );
}

/** By bytes: hundreds of thousands of numbers. */
const same = (a: Float32Array[], b: Float32Array[]) =>
  a.length === b.length &&
  a.every((values, i) => Buffer.from(values.slice().buffer).equals(Buffer.from(b[i].slice().buffer)));

describe('shuffled weights', () => {
  const graph = bundledGraph();

  it('are those of convolutions and dense layers', () => {
    expect([...weightedNodes(graph)].sort()).toEqual([...order].sort());
  });

  it('move within their tensor, in the layers named only', () => {
    const shuffled = shuffleWeights(graph, new Set(['conv4_2']), 1);
    for (const name of order) {
      const [before, after] = [weightsOf(graph, name), weightsOf(shuffled, name)];
      expect(before).toHaveLength(2);
      if (name !== 'conv4_2') {
        expect(same(after, before), name).toBe(true);
        continue;
      }
      for (const [i, values] of after.entries()) {
        expect(same([values.slice().sort()], [before[i].slice().sort()])).toBe(true);
        const stayed = values.filter((value, k) => value === before[i][k]).length;
        expect(stayed / values.length).toBeLessThan(0.1);
      }
    }
    expect(same(weightsOf(graph, 'conv4_2'), weightsOf(bundledGraph(), 'conv4_2')), 'the graph itself').toBe(
      true,
    );
  });

  it('are the same whatever else is shuffled, and others by another seed', () => {
    const alone = weightsOf(shuffleWeights(graph, new Set(['conv4_2']), 1), 'conv4_2');
    const among = weightsOf(shuffleWeights(graph, new Set(order), 1), 'conv4_2');
    const other = weightsOf(shuffleWeights(graph, new Set(['conv4_2']), 2), 'conv4_2');
    expect(same(among, alone)).toBe(true);
    expect(same(other, alone)).toBe(false);
  });
});

describe('a tiny network, by Quantus', () => {
  it.each(randomisationOrders)('is as like its trained self when it is randomised: %s', async (order) => {
    await startBackend('cpu');
    const network = await fixtureNetwork();
    const { steps, build } = await fixtureRandomiser(network);
    const input = fixturePicture();
    const found = await randomisedWeights({
      ...{ network, order, steps: steps(order), build },
      explain: async (explained) =>
        (
          await explain(explained, input, {
            method: 'grad-cam',
            layers: featureLayers(explained, ['convolution']),
            target: quantusMprt.target,
            checkpoint: async () => {},
          })
        ).layers,
      ...{ draws: 1, seed: 1, onProgress: () => {} },
    });
    for (const { name, similarity } of found.layers) {
      const expected = quantusMprt.expected[order][name as 'first' | 'second'];
      found.randomised.forEach((step, i) => {
        expect(similarity[i][0]).toBeCloseTo(expected[step as keyof typeof expected], 5);
      });
    }
    expect(found.layers.map(({ name }) => name)).toEqual(['first', 'second']);
    const names = ['logits', 'second', 'first'];
    expect(found.randomised).toEqual(order === 'from-the-bottom' ? names.reverse() : names);
    expect(found.order).toBe(order);
    input.dispose();
    network.dispose();
  });
});

describe('the cascade over the bundled network', () => {
  it('goes from the logits to the first layer, and frees its networks', async () => {
    await startBackend('wasm');
    const graph = bundledGraph();
    const network = buildNetwork(graph);
    const input = tf.randomUniform<tf.Rank.R4>([1, 112, 112, 3], -1, 1, 'float32', 4);
    let before = 0;
    const changed: string[][] = [];
    const maps: Float32Array[][] = [];
    const steps: number[] = [];
    const found = await randomisedWeights({
      ...{ network, order: 'cascading', steps: randomisationSteps(network, graph, 'cascading') },
      build: (parts, seed) => {
        const randomised = shuffleWeights(graph, parts, seed);
        changed.push(order.filter((name) => !same(weightsOf(randomised, name), weightsOf(graph, name))));
        return buildNetwork(randomised);
      },
      explain: async (explained: Network) => {
        const { layers } = await explain(explained, input, {
          method: 'grad-cam',
          layers: featureLayers(explained, ['convolution']),
          target: 5,
          checkpoint: async () => {},
        });
        // The trained network keeps its turned filters from here on.
        if (maps.length === 0) before = tf.memory().numTensors;
        maps.push(layers.map(({ map }) => map.values));
        return layers;
      },
      draws: 1,
      seed: 3,
      onProgress: (done) => steps.push(done),
    });
    expect(tf.memory().numTensors).toBe(before);
    expect(found.randomised).toEqual(order);
    expect(steps).toEqual(order.map((_, depth) => depth));
    expect(changed).toEqual(order.map((_, depth) => order.slice(0, depth + 1)));
    expect(found.layers.map(({ name }) => name)).toEqual(order.slice(1).reverse());
    const [trained, ...randomised] = maps;
    for (const [i, { similarity }] of found.layers.entries()) {
      expect(similarity).toEqual(randomised.map((at) => [rankCorrelation(trained[i], at[i])]));
    }
    // Only the gradient has changed where the logits alone are randomised; everything has at the end.
    expect(found.layers.some(({ similarity }) => (similarity[0][0] ?? 0) > 0.2)).toBe(true);
    for (const { similarity } of found.layers.slice(-4)) {
      expect(Math.abs(similarity.at(-1)?.[0] ?? 0)).toBeLessThan(0.7);
    }
    input.dispose();
    network.dispose();
  });
});
