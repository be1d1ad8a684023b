import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { expect } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import type { BuildOptions } from '../build';
import type { ModelFile } from '../layers-model';
import type { Network } from '../network';
import { expectClose } from '../ops/testing/run-operation';
import { captureGradients, forward } from '../run-network';
import { readLayersModel } from './layers-at-once';

const unhurried = async () => {};

/** Gives a model weights that matter: no zeros, no ones, variances above zero. */
export function randomiseWeights(model: LayersModel, seed: number): void {
  const weights = model.weights.map(({ name, shape }, i) => {
    const size = (shape as number[]).reduce((product, length) => product * length, 1);
    const width = Math.sqrt(3 / Math.max(1, size / (shape.at(-1) ?? 1)));
    const values = Float32Array.from({ length: size }, (_, k) => {
      const noise = Math.sin((k + 1) * 12.9898 + (i + 1) * 78.233 + seed) * 43758.5453;
      const uniform = noise - Math.floor(noise);
      if (/variance/.test(name)) return 0.5 + uniform;
      return /gamma/.test(name) ? 0.6 + uniform : (2 * uniform - 1) * Math.min(1, 2 * width);
    });
    return tf.tensor(values, shape as number[]);
  });
  model.setWeights(weights);
  tf.dispose(weights);
}

/** A model as `model.json` and its weights. */
export async function saved(model: LayersModel): Promise<{ file: ModelFile; weights: ArrayBuffer }> {
  let artifacts: tf.io.ModelArtifacts | null = null;
  await model.save(
    tf.io.withSaveHandler(async (given) => {
      artifacts = given;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const { modelTopology, weightSpecs, weightData } = artifacts as unknown as tf.io.ModelArtifacts;
  return {
    file: {
      // Through text, as a file would be.
      modelTopology: JSON.parse(JSON.stringify(modelTopology)),
      weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs as never }],
    },
    weights: weightData as ArrayBuffer,
  };
}

export interface Expected {
  input: tf.Tensor4D['shape'];
  values: Float32Array;
  /** [batch, classes] of the model as it is, softmax and all. */
  output: Float32Array;
  /** Gradient of class 1 of the first picture with respect to it; null where TensorFlow.js has none that is right. */
  gradient: Float32Array | null;
}

/** What TensorFlow.js itself computes, on the CPU backend. */
export function judged(model: LayersModel, withGradient: boolean): Expected {
  const [, height, width, channels] = model.inputs[0].shape as number[];
  const input: tf.Tensor4D['shape'] = [2, height, width, channels];
  let expected: Expected | null = null;
  tf.tidy(() => {
    const x = tf.randomUniform<tf.Rank.R4>(input, -1, 1, 'float32', 5);
    const score = (picture: tf.Tensor) => {
      const output = model.apply(picture) as tf.Tensor2D;
      return tf.sum(tf.slice(tf.reshape(output, [1, -1]), [0, 1], [1, 1])) as tf.Scalar;
    };
    const first = tf.slice(x, [0, 0, 0, 0], [1, height, width, channels]);
    expected = {
      input,
      values: x.dataSync() as Float32Array,
      output: (model.predict(x) as tf.Tensor).dataSync() as Float32Array,
      gradient: withGradient ? (tf.grad(score)(first).dataSync() as Float32Array) : null,
    };
  });
  return expected as unknown as Expected;
}

/** Reads a saved model on a backend and holds outputs (of a batch of two) and input gradient against `expected`. */
export async function expectSame(
  { file, weights }: Awaited<ReturnType<typeof saved>>,
  expected: Expected,
  backend: 'cpu' | 'wasm',
  options: BuildOptions & { softmax?: boolean } = {},
): Promise<void> {
  await startBackend(backend);
  const before = tf.memory().numTensors;
  const network = readLayersModel(file, weights, options);
  const x = tf.tensor4d(expected.values, expected.input);
  const outputs = await forward(network, x, unhurried);
  const logits = outputs[network.output];
  const shown = options.softmax ? tf.softmax(logits) : logits.clone();
  expectClose(await shown.data(), expected.output, 1e-5);
  tf.dispose([...outputs, shown]);
  if (expected.gradient) {
    const [, height, width, channels] = expected.input;
    const first = tf.slice4d(x, [0, 0, 0, 0], [1, height, width, channels]);
    const gradient = await inputGradient(network, first, 1);
    const largest = expected.gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    // A network whose every unit is shut has a gradient of nothing but zeros.
    const scaled = (values: Float32Array) => values.map((value) => value / (largest || 1));
    expectClose(scaled(gradient), scaled(expected.gradient), 1e-4);
    first.dispose();
  }
  x.dispose();
  network.dispose();
  expect(tf.memory().numTensors).toBe(before);
}

export async function inputGradient(network: Network, x: tf.Tensor4D, target: number): Promise<Float32Array> {
  let values: Promise<Float32Array> | null = null;
  await captureGradients(network, x, {
    layers: [0],
    chooseTarget: () => target,
    onLayer: (_, __, gradient) => {
      values = Promise.resolve(gradient.dataSync() as Float32Array);
    },
    checkpoint: unhurried,
  });
  return values as unknown as Promise<Float32Array>;
}
