import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { buildNetwork } from '../network/build';
import type { Network } from '../network/network';
import type { Graph } from '../network/network-graph';
import { layersModelGraph } from '../network/testing/layers-at-once';
import { type RandomisationOrder, type Randomiser, randomisationSteps } from './randomisation-steps';
import { weightedNodes } from './shuffle-weights';

interface Fixture {
  target: number;
  steps: number;
  picture: { height: number; width: number; values: number[] };
  weights: Record<'first' | 'second' | 'logits', [number[], number[]]>;
  logits: number[];
  labels: number[];
  /** Three signs, then all of them at once. */
  expected: Record<'first' | 'second' | 'input', number[]>;
  saliency: number[];
  deletion: ExpectedCurve;
  insertion: ExpectedCurve;
}

interface ExpectedCurve {
  probability: number[];
  logit: number[];
  area: { probability: number; logit: number };
}

/** What PyTorch computes of a tiny network and a picture: fixtures/decision.py. */
export const fixture: Fixture = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'fixtures/decision.json'), 'utf8'),
);

export const unhurried = { checkpoint: async () => {}, onProgress: () => {} };

/** Through the file format and its reader, as every network comes. */
export const networkOf = async (model: Sequential): Promise<Network> => buildNetwork(await graphOf(model));

async function graphOf(model: Sequential): Promise<Graph> {
  let saved: tf.io.ModelArtifacts | null = null;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  model.dispose();
  const { modelTopology, weightSpecs, weightData } = saved as unknown as tf.io.ModelArtifacts;
  return layersModelGraph(
    {
      modelTopology: modelTopology as object,
      weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs as tf.io.WeightsManifestEntry[] }],
    },
    weightData as ArrayBuffer,
  );
}

export const fixtureNetwork = async (): Promise<Network> => buildNetwork(await fixtureGraph());

/** The tiny network as its reader gives it, with its own weights or others. */
export function fixtureGraph({ first, second, logits } = fixture.weights): Promise<Graph> {
  const { height, width } = fixture.picture;
  const weightsOf = ([kernel, bias]: [number[], number[]], shape: number[]) => [
    tf.tensor(kernel, shape),
    tf.tensor1d(bias),
  ];
  const model = sequential({
    layers: [
      layers.conv2d({
        name: 'first',
        inputShape: [height, width, 3],
        filters: 4,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
        weights: weightsOf(first, [3, 3, 3, 4]),
      }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.conv2d({
        name: 'second',
        filters: 5,
        kernelSize: 3,
        padding: 'valid',
        activation: 'relu',
        weights: weightsOf(second, [3, 3, 4, 5]),
      }),
      layers.globalAveragePooling2d({}),
      layers.dense({ name: 'logits', units: 3, weights: weightsOf(logits, [5, 3]) }),
    ],
  });
  return graphOf(model);
}

/** What Quantus finds of the same network as its weights are randomised: tools/trust/mprt.py. */
export const quantusMprt: {
  target: number;
  shuffled: Fixture['weights'];
  /** By order, layer of the map and layer that a step randomises. */
  expected: Record<RandomisationOrder, Record<'first' | 'second', Record<keyof Fixture['weights'], number>>>;
} = JSON.parse(readFileSync(path.join(import.meta.dirname, 'fixtures/mprt.json'), 'utf8'));

/** Randomises the tiny network's layers as Quantus did. */
export async function fixtureRandomiser(network: Network): Promise<Randomiser> {
  const [trained, shuffled] = [await fixtureGraph(), await fixtureGraph(quantusMprt.shuffled)];
  return {
    all: weightedNodes(trained),
    steps: (order) => randomisationSteps(network, trained, order),
    build: (parts) =>
      buildNetwork({
        ...trained,
        nodes: trained.nodes.map((node, i) =>
          parts.has(node.name) ? { ...node, spec: shuffled.nodes[i].spec } : node,
        ),
      }),
  };
}

export const fixturePicture = () => {
  const { height, width, values } = fixture.picture;
  return tf.tensor4d(values, [1, height, width, 3]);
};
