import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { noise, startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../../network/build';
import { featureLayers } from '../../network/network';
import { predict } from '../../network/run-network';
import { exampleNetwork } from '../export/export-testing';
import { bundledGraph } from '../training-testing';
import { type Architecture, ArchitectureError } from './architecture';
import { architectureGraph } from './architecture-graph';
import { weightsFromGraph } from './graph-weights';
import type { NamedWeight } from './named-weight';
import { layoutOf, weightShapesOf } from './parameter-layout';
import { presetOf } from './presets';

const go = async () => {};

/** One number for every weight, by its role. */
const constantWeights = (architecture: Architecture, values: Record<string, number>): NamedWeight[] =>
  weightShapesOf(layoutOf(architecture)).map(({ name, shape, role }) => ({
    name,
    shape,
    values: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(values[role]),
  }));

const tiny: Architecture = {
  title: 'tiny',
  side: 8,
  activation: 'relu',
  padding: 'same',
  batchNorm: true,
  stages: [
    { blocks: [{ kind: 'convolution', name: 'conv1', width: 2, size: 1 }], shrink: 'average' },
    { blocks: [{ kind: 'residual', name: 'res2', width: 2 }], shrink: 'none' },
  ],
  join: 'average',
  hidden: [],
  dropout: 0.5,
  classes: 3,
};

describe('graph of an architecture', () => {
  beforeAll(() => startBackend('cpu'));

  it('computes what its weights say, by running statistics and without dropout', async () => {
    const weights = constantWeights(tiny, {
      filter: 0.5,
      scale: 2,
      offset: 1,
      mean: 1,
      variance: 4 - 1e-5,
      matrix: 0.25,
      bias: 0.125,
    });
    // Second convolution of the residual block: without any share, so that its branch is its offset.
    const branch = weights.find(({ name }) => name === 'res2_b/scale') as NamedWeight;
    branch.values.fill(0);
    const network = buildNetwork(architectureGraph(tiny, weights));
    const picture = tf.ones<tf.Rank.R4>([1, 8, 8, 3]);
    const logits = await predict(network, picture, go);
    // conv1: 1.5, normalised (1.5 - 1) / 2 * 2 + 1 = 1.5; res2: 1 + 1.5 = 2.5; logits: 2 * 2.5 * 0.25 + 0.125.
    expect(network.head).toBe('softmax');
    for (const logit of logits) expect(logit).toBeCloseTo(1.375, 5);
    expect(featureLayers(network, ['convolution']).map((node) => network.nodes[node].name)).toEqual([
      'conv1',
      'res2_a',
      'res2_b',
    ]);
    network.dispose();
    picture.dispose();
  });

  it('names the weight that is missing, or of another shape', () => {
    const weights = constantWeights(tiny, {
      filter: 0,
      scale: 0,
      offset: 0,
      mean: 0,
      variance: 1,
      matrix: 0,
      bias: 0,
    });
    const without = weights.filter(({ name }) => name !== 'conv1/scale');
    expect(() => architectureGraph(tiny, without)).toThrow(ArchitectureError);
    expect(() => architectureGraph(tiny, without)).toThrow(/conv1\/scale of this architecture is missing/);
    expect(() => architectureGraph({ ...tiny, classes: 4 }, weights)).toThrow(
      /logits\/matrix has the shape \[2,3\] instead of \[2,4\]/,
    );
  });
});

describe('weights of a loaded network', () => {
  const photos10 = presetOf('photos10').architecture;
  beforeAll(() => startBackend('wasm'));

  it.each([false, true])('are those of the bundled one, batch normalisation %s', async (batchNorm) => {
    const architecture = { ...photos10, batchNorm };
    const bundled = bundledGraph();
    const { weights, fitted, missing } = weightsFromGraph(architecture, bundled);
    expect(fitted).toHaveLength(13);
    expect(missing).toEqual([]);
    const networks = [bundled, architectureGraph(architecture, weights)].map((graph) => buildNetwork(graph));
    const picture = noise([1, 112, 112, 3], 1) as tf.Tensor4D;
    const [expected, actual] = [
      await predict(networks[0], picture, go),
      await predict(networks[1], picture, go),
    ];
    actual.forEach((logit, i) => {
      expect(Math.abs(logit - expected[i])).toBeLessThan(1e-4);
    });
    for (const network of networks) network.dispose();
    picture.dispose();
  });

  it('are found for convolutions of each channel by itself too', async () => {
    const { architecture, weights: own } = exampleNetwork('separable');
    const graph = architectureGraph(architecture, own);
    const { weights, missing } = weightsFromGraph(architecture, graph);
    expect(missing).toEqual([]);
    const picture = noise([1, 16, 16, 3], 2) as tf.Tensor4D;
    const networks = [graph, architectureGraph(architecture, weights)].map((each) => buildNetwork(each));
    const [expected, actual] = [
      await predict(networks[0], picture, go),
      await predict(networks[1], picture, go),
    ];
    actual.forEach((logit, i) => {
      expect(Math.abs(logit - expected[i])).toBeLessThan(1e-5);
    });
    for (const network of networks) network.dispose();
    picture.dispose();
  });

  it('begin at random where a layer has another width', () => {
    const narrow = structuredClone(photos10);
    narrow.stages[4].blocks[0].width = 128;
    const { missing, fitted } = weightsFromGraph(narrow, bundledGraph());
    expect(missing).toEqual(['conv5_1', 'conv5_2']);
    expect(fitted).toContain('logits');
  });

  it('are matched in order by shape where no layer has a known name', () => {
    const renamed = structuredClone(photos10);
    for (const stage of renamed.stages) for (const block of stage.blocks) block.name = `my_${block.name}`;
    const graph = bundledGraph();
    const nodes = graph.nodes.map((node) => ({
      ...node,
      name: `x_${node.name}`,
      inputs: node.inputs.map(prefixed),
    }));
    const { missing, weights } = weightsFromGraph(renamed, {
      ...graph,
      nodes,
      outputs: graph.outputs.map(prefixed),
    });
    expect(missing).toEqual([]);
    expect(weights[0].name).toBe('my_conv1_1/filter');
  });
});

const prefixed = (name: string) => (name === 'image' ? name : `x_${name}`);
