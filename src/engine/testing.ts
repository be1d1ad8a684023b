import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { startFastConvolution } from './backend/fast-convolution';
import { registerKernels } from './backend/kernels';
import { readLayersModel, weightPaths } from './network/layers-model';
import type { Network } from './network/network';

const root = path.resolve(import.meta.dirname, '../..');

/** The folder of reference data beside the checkout; tests that need it skip where it is absent. */
export const sharedFolder = path.resolve(root, '../shared');
export const hasShared = existsSync(sharedFolder);

let fastConvolution = false;

/** Starts a backend in Node. */
export async function startBackend(name: 'cpu' | 'wasm'): Promise<void> {
  const wasm = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  setWasmPaths(`${path.join(path.dirname(wasm), 'dist')}/`);
  await tf.setBackend(name);
  await tf.ready();
  registerKernels();
  if (name === 'wasm' && !fastConvolution) {
    fastConvolution = true;
    const kernels = path.join(import.meta.dirname, 'backend/fast-convolution/compiled/single.wasm');
    await startFastConvolution(await WebAssembly.compile(readFileSync(kernels)), 1);
  }
}

/** A LayersModel from a folder of this repository or of the shared one. */
export async function networkFromFolder(folder: string): Promise<Network> {
  const model = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
  const shards = weightPaths(model).map((file) => readFileSync(path.join(folder, file)));
  const joined = Buffer.concat(shards);
  return readLayersModel(model, joined.buffer.slice(joined.byteOffset, joined.byteOffset + joined.length));
}

export const bundledNetwork = () => networkFromFolder(path.join(root, 'public/networks/photos10'));
