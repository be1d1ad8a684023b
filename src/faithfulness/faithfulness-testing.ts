import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { readLayersModel } from '../network/layers-model';
import type { Network } from '../network/network';

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
export async function networkOf(model: Sequential): Promise<Network> {
  let saved: tf.io.ModelArtifacts | null = null;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  model.dispose();
  const { modelTopology, weightSpecs, weightData } = saved as unknown as tf.io.ModelArtifacts;
  return readLayersModel(
    {
      modelTopology: modelTopology as object,
      weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs as tf.io.WeightsManifestEntry[] }],
    },
    weightData as ArrayBuffer,
  );
}

export function fixtureNetwork(): Promise<Network> {
  const { height, width } = fixture.picture;
  const { first, second, logits } = fixture.weights;
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
  return networkOf(model);
}

export const fixturePicture = () => {
  const { height, width, values } = fixture.picture;
  return tf.tensor4d(values, [1, height, width, 3]);
};
