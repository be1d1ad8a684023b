// npx tsx tools/coverage/open.ts FOLDER [PART-OF-A-NAME]: opens the files that export.py wrote and says how each does.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { startBackend } from '../../src/engine/engine-testing';
import { buildNetwork } from '../../src/network/build';
import { filesOfBlobs } from '../../src/network/files/network-files';
import { explainedKinds, featureLayers } from '../../src/network/network';
import { readOnnxFiles } from '../../src/network/onnx/read-onnx';
import { type Checkpoint, captureGradients } from '../../src/network/run-network';
import { winnerOf } from '../../src/network/targets/explained';

const unhurried: Checkpoint = async () => {};

interface Row {
  name: string;
  shape: readonly number[];
  map: number[];
}

interface Reference {
  size: number;
  torch: number[];
  onnxruntime: number[];
}

const picture = (size: number) =>
  tf.tensor4d(
    Float32Array.from({ length: size * size * 3 }, (_, i) => ((i * 7919) % 1000) / 500 - 1),
    [1, size, size, 3],
  );

function distance(actual: ArrayLike<number>, expected: readonly number[]): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(actual[i] - value))) / scale;
}

async function open(folder: string, name: string) {
  const bytes = readFileSync(path.join(folder, `${name}.onnx`));
  const reference: Reference = JSON.parse(readFileSync(path.join(folder, `${name}.json`)).toString());
  const files = filesOfBlobs([{ path: 'network.onnx', blob: new Blob([bytes]) }], 'network.onnx');
  const { graph } = await readOnnxFiles(files, { signal: new AbortController().signal, onBytes() {} });
  const network = buildNetwork(graph);
  const before = tf.memory().numTensors;
  const x = picture(reference.size);
  const layers = featureLayers(network, explainedKinds());
  const rows: Row[] = [];
  const { logits } = await captureGradients(network, x, {
    layers,
    chooseTarget: winnerOf,
    onLayer(node, activation, gradient) {
      const map = tf.tidy(() => tf.sum(tf.mul(activation, tf.mean(gradient, [1, 2], true)), 3).dataSync());
      rows.push({ name: network.nodes[node].name, shape: network.nodes[node].shape, map: Array.from(map) });
    },
    checkpoint: unhurried,
  });
  x.dispose();
  if (tf.memory().numTensors !== before) throw new Error(`${name} leaves tensors behind`);
  network.dispose();
  return {
    difference: distance(logits, reference.onnxruntime),
    target: winnerOf(logits),
    layers: rows.reverse(),
  };
}

const [folder, part = ''] = process.argv.slice(2);
await startBackend('wasm');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.onnx') && file.includes(part))
  .map((file) => file.replace(/\.onnx$/, ''));
for (const name of names) {
  try {
    const { difference, layers, target } = await open(folder, name);
    writeFileSync(path.join(folder, `${name}.layers.json`), JSON.stringify({ target, layers }));
    console.log(
      `${difference < 1e-4 ? 'right' : 'WRONG'}\t${name}\t${difference.toExponential(1)}\t${layers.length}\t${layers.map((row) => `${row.name}[${row.shape}]`).join(' ')}`,
    );
  } catch (error) {
    console.log(`no\t${name}\t${error instanceof Error ? error.message : error}`);
    if (!(error instanceof Error) || !/Error$/.test(error.name) || error.name !== 'NetworkError')
      console.log(error);
  }
}
