import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';

const INPUT = 112;
const LABELS = [
  'tench',
  'English springer',
  'cassette player',
  'chain saw',
  'church',
  'French horn',
  'garbage truck',
  'gas pump',
  'golf ball',
  'parachute',
];

/** Where the bundled network may lie: in the product, else in the material shared beside the repository. */
export const NETWORK_FOLDERS = ['../../public/networks/photos10/', '../../../shared/models/photos10/'].map(
  (path) => fileURLToPath(new URL(path, import.meta.url)),
);

/** The folder that holds the network, or `undefined`. */
export const networkFolder = (): string | undefined =>
  NETWORK_FOLDERS.find((folder) => existsSync(`${folder}model.json`));

export async function loadNetwork(folder: string): Promise<LayersModel> {
  await tf.setBackend('cpu');
  const { modelTopology, weightsManifest } = JSON.parse(readFileSync(`${folder}model.json`, 'utf8'));
  const files = weightsManifest.flatMap((group: { paths: string[] }) => group.paths) as string[];
  const bytes = Buffer.concat(files.map((file) => readFileSync(`${folder}${file}`)));
  return loadLayersModel({
    load: async () => ({
      modelTopology,
      weightSpecs: weightsManifest.flatMap(
        (group: { weights: tf.io.WeightsManifestEntry[] }) => group.weights,
      ),
      weightData: new Uint8Array(bytes).buffer,
    }),
  });
}

/** RGB pixels of a square picture. */
export interface Pixels {
  data: Uint8Array;
  size: number;
}

/** One axis of an antialiased bilinear reduction: a triangle as wide as the reduction (Pillow's BILINEAR). */
function triangleWeights(from: number, to: number, shift: number): { first: number; weights: number[] }[] {
  const ratio = from / to;
  const reach = Math.max(1, ratio);
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * ratio + shift;
    const first = Math.max(0, Math.floor(centre - reach + 0.5));
    const last = Math.min(from, Math.floor(centre + reach + 0.5));
    const weights = Array.from({ length: Math.max(1, last - first) }, (_, k) =>
      Math.max(1e-9, 1 - Math.abs((first + k + 0.5 - centre) / reach)),
    );
    const sum = weights.reduce((a, b) => a + b);
    return { first: Math.min(first, from - 1), weights: weights.map((w) => w / sum) };
  });
}

/** The network's input, a picture reduced to 112 x 112, optionally moved by some of its own pixels. */
export function toInput({ data, size }: Pixels, shift: [number, number] = [0, 0]): Float32Array {
  const columns = triangleWeights(size, INPUT, shift[0]);
  const rows = triangleWeights(size, INPUT, shift[1]);
  const narrow = new Float32Array(size * INPUT * 3);
  for (let y = 0; y < size; y++)
    columns.forEach(({ first, weights }, x) => {
      weights.forEach((w, k) => {
        for (let c = 0; c < 3; c++)
          narrow[(y * INPUT + x) * 3 + c] += w * data[(y * size + first + k) * 3 + c];
      });
    });
  const input = new Float32Array(INPUT * INPUT * 3).fill(-1);
  rows.forEach(({ first, weights }, y) => {
    weights.forEach((w, k) => {
      for (let i = 0; i < INPUT * 3; i++)
        input[y * INPUT * 3 + i] += (w * narrow[(first + k) * INPUT * 3 + i]) / 127.5;
    });
  });
  return input;
}

export interface Reading {
  label: string;
  probability: number;
}

/** The network's probabilities of inputs, each sorted from the most probable. */
export function read(network: LayersModel, inputs: Float32Array[]): Reading[][] {
  const values = tf.tidy(() => {
    const batch = tf.tensor4d(Float32Array.from(inputs.flatMap((i) => [...i])), [
      inputs.length,
      INPUT,
      INPUT,
      3,
    ]);
    return tf.softmax(network.predict(batch) as tf.Tensor2D).arraySync() as number[][];
  });
  return values.map((row) =>
    row
      .map((probability, i) => ({ label: LABELS[i], probability }))
      .sort((a, b) => b.probability - a.probability),
  );
}
