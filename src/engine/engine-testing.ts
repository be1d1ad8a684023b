import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { expect } from 'vitest';
import { hasRelaxedVectors } from '../backend/fast-convolution/relaxed-vectors';
import { startKernels } from '../backend/fast-convolution/running';
import { registerKernels } from '../backend/kernels/kernels';
import { createMemory, TensorMemory } from '../backend/memory/tensor-memory';
import { buildNetwork } from '../network/build';
import { type ModelFile, weightPaths } from '../network/layers-model';
import type { Network } from '../network/network';
import type { Graph } from '../network/network-graph';
import { layersModelGraph, readLayersModel } from '../network/testing/layers-at-once';

const root = path.resolve(import.meta.dirname, '../..');

/** The folder of reference data beside the checkout; tests that need it skip where it is absent. */
export const sharedFolder = path.resolve(root, '../shared');
export const hasShared = existsSync(sharedFolder);

/** Our own backend, once it has been asked for. */
const started: { own?: TensorMemory } = {};

/** Starts a backend in Node, where WebAssembly has one thread. */
export async function startBackend(name: 'cpu' | 'wasm'): Promise<void> {
  if (name === 'wasm' && !started.own) {
    const own = new TensorMemory(createMemory(false));
    started.own = own;
    tf.registerBackend('wasm', () => own);
    await startKernels(own, await ownKernels(), 1);
  }
  await tf.setBackend(name);
  await tf.ready();
  registerKernels(name);
}

const ownKernels = (isRelaxed = false) =>
  WebAssembly.compile(
    readFileSync(
      path.join(
        import.meta.dirname,
        `../backend/fast-convolution/compiled/single${isRelaxed ? '-relaxed' : ''}.wasm`,
      ),
    ),
  );

async function restartKernels(threads: number, isRelaxed = false) {
  await tf.setBackend('wasm');
  await startKernels(tf.backend() as TensorMemory, await ownKernels(isRelaxed), threads);
}

/** Runs `work` while jobs of our own kernels are cut for so many threads, all of whose tasks the only one does. */
export async function withThreads(threads: number, work: () => Promise<void>): Promise<void> {
  await restartKernels(threads);
  try {
    await work();
  } finally {
    await restartKernels(1);
  }
}

/** Runs `work` with the kernels of relaxed SIMD, which Node 20 has behind a flag. */
export async function withRelaxedKernels(work: () => Promise<void>): Promise<void> {
  if (!hasRelaxedVectors()) setFlagsFromString('--experimental-wasm-relaxed-simd');
  await restartKernels(1, true);
  try {
    await work();
  } finally {
    await restartKernels(1);
  }
}

/**
 * A kernel's result on a backend that has been started, as plain numbers.
 * @param inputs tensors the kernel reads, made on that backend
 */
export async function kernelOn(
  backend: 'cpu' | 'wasm',
  kernel: string,
  inputs: () => Record<string, tf.Tensor>,
  attributes: object,
): Promise<{ shape: number[]; values: number[] }> {
  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const result = tf.tidy(() =>
    tf.engine().runKernel(kernel, inputs() as never, attributes as never),
  ) as tf.Tensor;
  const values = Array.from(await result.data());
  result.dispose();
  if (tf.memory().numTensors !== before) throw new Error(`${kernel} on ${backend} leaves tensors behind.`);
  return { shape: result.shape, values };
}

/** Asserts equal shapes, and values no further apart than `tolerance`. */
export function expectClose(
  actual: { shape: number[]; values: number[] },
  expected: { shape: number[]; values: number[] },
  tolerance: number,
): void {
  expect(actual.shape).toEqual(expected.shape);
  // One assertion for all values: each takes ten microseconds.
  const apart = actual.values.findIndex((value, i) => !(Math.abs(value - expected.values[i]) <= tolerance));
  expect(apart, `${actual.values[apart]} at ${apart} instead of ${expected.values[apart]}`).toBe(-1);
}

/** Random numbers of a shape, the same for the same seed. */
export const noise = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

/** `model.json` and its joined weights, from a folder of this repository or of the shared one. */
function modelIn(folder: string): { model: ModelFile; weights: ArrayBuffer } {
  const model: ModelFile = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
  const shards = weightPaths(model).map((file) => readFileSync(path.join(folder, file)));
  return { model, weights: Uint8Array.from(Buffer.concat(shards)).buffer };
}

export function graphFromFolder(folder: string): Graph {
  const { model, weights } = modelIn(folder);
  return layersModelGraph(model, weights);
}

export async function networkFromFolder(folder: string): Promise<Network> {
  return buildNetwork(graphFromFolder(folder));
}

export const bundledNetwork = () => networkFromFolder(path.join(root, 'public/networks/photos10'));

/** A model built with the layers of TensorFlow.js, read as the page reads its file; the model itself is freed. */
export async function networkFromModel(model: LayersModel): Promise<Network> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save({
    save: async (saved) => {
      artifacts = saved;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    },
  });
  model.dispose();
  const { modelTopology, weightSpecs = [], weightData } = artifacts as tf.io.ModelArtifacts;
  const file = {
    modelTopology: modelTopology as object,
    weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
  };
  return readLayersModel(file, weightData as ArrayBuffer);
}
