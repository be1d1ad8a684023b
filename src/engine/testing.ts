import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { registerKernels } from './backend/kernels';
import { readLayersModel, weightPaths } from './network/layers-model';
import type { Network } from './network/network';

const root = path.resolve(import.meta.dirname, '../..');

/** The folder of reference data beside the checkout; tests that need it skip where it is absent. */
export const sharedFolder = path.resolve(root, '../shared');
export const hasShared = existsSync(sharedFolder);

/** Starts a backend in Node. */
export async function startBackend(name: 'cpu' | 'wasm'): Promise<void> {
  const wasm = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  setWasmPaths(`${path.join(path.dirname(wasm), 'dist')}/`);
  await tf.setBackend(name);
  await tf.ready();
  registerKernels();
}

/** A LayersModel from a folder of this repository or of the shared one. */
export async function networkFromFolder(folder: string): Promise<Network> {
  const model = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
  const shards = weightPaths(model).map((file) => readFileSync(path.join(folder, file)));
  const joined = Buffer.concat(shards);
  return readLayersModel(model, joined.buffer.slice(joined.byteOffset, joined.byteOffset + joined.length));
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
