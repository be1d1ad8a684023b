// npx tsx tools/coverage/open.ts FOLDER: opens the files that export.py wrote, and writes how each does beside it (.row.json).
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { startBackend } from '../../src/engine/engine-testing';
import { buildNetwork } from '../../src/network/build';
import { filesOfBlobs } from '../../src/network/files/network-files';
import { readKerasBytes } from '../../src/network/keras/keras-testing';
import { explainedKinds, featureLayers, type Network } from '../../src/network/network';
import { NetworkError } from '../../src/network/network-errors';
import type { Graph } from '../../src/network/network-graph';
import { readOnnxFiles } from '../../src/network/onnx/read-onnx';
import {
  type Checkpoint,
  captureGradients,
  forward,
  type ReadNode,
  readerOf,
} from '../../src/network/run-network';
import { detectionsIn } from '../../src/network/targets/detections';
import { explainedOf } from '../../src/network/targets/explained';
import type { Target } from '../../src/network/targets/target';
import { compileAssembly } from '../assembly.mjs';

interface Output {
  name: string;
  shape: number[];
  values: number[];
}

interface Reference {
  size: number;
  /** What the values of the picture are multiplied by, and what is added; left out, nothing. */
  scale?: [number, number];
  outputs: Output[];
}

/** How a network does; `compare.py` adds how near its maps are to PyTorch's. */
interface Row {
  opens: boolean;
  /** What is said of it where it does not open. */
  sentence?: string;
  /** Largest difference of what it yields, as part of the largest number. */
  difference?: number;
  layers?: number;
  /** Maps of the explained layers, all at once, over the time of the forward pass. */
  over?: number;
}

/** What compare.py holds against PyTorch. */
interface LayerRow {
  name: string;
  shape: readonly number[];
  /** Means of the activation by channel. */
  means: number[];
  /** Grad-CAM before its negative values are cut off. */
  map: number[];
}

/** What compare.py explains of the same network: a class, the largest class of a segmenter, or the class score of a box in a list. */
type AskedRow =
  | { kind: 'class' | 'region' }
  | { kind: 'box'; box: number; numbers: number; score: number; objectness: number | null };

/** The same with its value, and the class by its number. */
type ExplainedRow = AskedRow & { index: number | null; value: number };

const unhurried: Checkpoint = async () => {};

const picture = (size: number, [factor, added] = [1, 0]) =>
  tf.tensor4d(
    Float32Array.from(
      { length: size * size * 3 },
      (_, i) => (((i * 7919) % 1000) / 500 - 1) * factor + added,
    ),
    [1, size, size, 3],
  );

function distance(actual: ArrayLike<number>, expected: readonly number[]): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let [scale, worst] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    scale = Math.max(scale, Math.abs(expected[i]));
    worst = Math.max(worst, Math.abs(actual[i] - expected[i]));
  }
  return Number.isFinite(worst) ? worst / scale : Number.POSITIVE_INFINITY;
}

async function graphOf(file: string): Promise<Graph> {
  const bytes = readFileSync(file);
  if (file.endsWith('.keras')) return (await readKerasBytes('network.keras', bytes)).graph;
  const files = filesOfBlobs([{ path: 'network.onnx', blob: new Blob([bytes]) }], 'network.onnx');
  return (await readOnnxFiles(files, { signal: new AbortController().signal, onBytes() {} })).graph;
}

/** Numbers of a tensor [1, a, b] or [1, a, b, c] with the second axis last. */
function channelsLast({ shape, values }: Output): number[] {
  const [, channels, ...places] = shape;
  const count = places.reduce((product, size) => product * size, 1);
  return Array.from(
    { length: values.length },
    (_, i) => values[(i % channels) * count + Math.floor(i / channels)],
  );
}

/** Boxes and their scores side by side; scores as they are before the last softmax or sigmoid of the file. */
function sideBySide(boxes: Output, scores: Output): number[] {
  const [count, own] = scores.shape.slice(-2);
  return Array.from({ length: count }, (_, i) => [
    ...boxes.values.slice(4 * i, 4 * i + 4),
    ...scores.values.slice(own * i, own * i + own),
  ]).flat();
}

/** How far what a network yields is from the reference, in whatever order the file lists its numbers. */
async function differenceOf(
  network: Network,
  input: tf.Tensor4D,
  outputs: readonly Output[],
): Promise<number> {
  const all = await forward(network, input, unhurried);
  try {
    const read = readerOf(all);
    const node = network.detail?.node ?? network.output;
    const numbers = await read(node);
    const candidates = outputs.flatMap((output) =>
      output.shape.length > 2 ? [output.values, channelsLast(output)] : [output.values],
    );
    const boxes = outputs.find(({ shape }) => shape.length === 3 && shape[2] === 4);
    for (const other of outputs) if (boxes && other !== boxes) candidates.push(sideBySide(boxes, other));
    return Math.min(...candidates.map((candidate) => distance(numbers, candidate)));
  } finally {
    for (const tensor of all) tensor.dispose();
  }
}

/** The shortest of three times; the first pass compiles and allocates. */
async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return Math.min(...times);
}

/** As many classes as detectors.py gives its networks, whose files name none. */
const DETECTED = 10;

/** The winner, the surest box, or the largest class of a segmenter over its places; and how compare.py finds the same number. */
async function targetOf({ detail, inputShape }: Network, read: ReadNode): Promise<[Target, AskedRow]> {
  if (detail?.kind === 'places') return [{ kind: 'region', index: null, place: null }, { kind: 'region' }];
  if (detail?.kind !== 'boxes') return [null, { kind: 'class' }];
  const { node, layout } = detail;
  const list = await read(node);
  const [{ box, index }] = detectionsIn(list, layout, inputShape);
  const { numbers, objectness, firstClass, classAt } = layout;
  const score = firstClass + (classAt === null ? index : 0);
  return [
    { kind: 'box', box },
    { kind: 'box', box, numbers, score, objectness },
  ];
}

async function opened(
  file: string,
  { size, scale, outputs }: Reference,
): Promise<{ row: Row; layers: LayerRow[]; explained: ExplainedRow }> {
  const network = buildNetwork(await graphOf(file), { names: file.includes('detectors.') ? DETECTED : 0 });
  const before = tf.memory().numTensors;
  const x = picture(size, scale);
  const layers = featureLayers(network, explainedKinds());
  const rows: LayerRow[] = [];
  const difference = await differenceOf(network, x, outputs);
  const plain = await milliseconds(async () => {
    for (const tensor of await forward(network, x, unhurried)) tensor.dispose();
  });
  let explained: ExplainedRow | null = null;
  const withMaps = await milliseconds(async () => {
    rows.length = 0;
    await captureGradients(network, x, {
      layers,
      async chooseTarget(_logits, _picture, read) {
        const [target, asked] = await targetOf(network, read);
        const { score, value, index } = await explainedOf(network, target, read);
        explained = { ...asked, index, value };
        return score;
      },
      onLayer(node, activation, gradient) {
        const map = tf.tidy(() => tf.sum(tf.mul(activation, tf.mean(gradient, [1, 2], true)), 3).dataSync());
        const means = tf.tidy(() => tf.mean(activation, [0, 1, 2]).dataSync());
        const { name, shape } = network.nodes[node];
        rows.push({ name, shape, map: Array.from(map), means: Array.from(means) });
      },
      checkpoint: unhurried,
    });
  });
  x.dispose();
  if (tf.memory().numTensors !== before) throw new Error(`${file} leaves tensors behind`);
  network.dispose();
  const row = { opens: true, difference, layers: layers.length, over: withMaps / plain };
  return { row, explained: explained as unknown as ExplainedRow, layers: rows.reverse() };
}

const [folder] = process.argv.slice(2);
await compileAssembly();
await startBackend('wasm');
for (const file of readdirSync(folder).filter((each) => /\.(onnx|keras)$/.test(each))) {
  const stem = path.join(folder, file.replace(/\.(onnx|keras)$/, ''));
  if (existsSync(`${stem}.row.json`)) continue;
  let row: Row;
  try {
    const found = await opened(path.join(folder, file), JSON.parse(readFileSync(`${stem}.json`, 'utf8')));
    row = found.row;
    writeFileSync(
      `${stem}.layers.json`,
      JSON.stringify({ explained: found.explained, layers: found.layers }),
    );
    console.log(
      `${(row.difference ?? 1) < 1e-4 ? 'right' : 'WRONG'}\t${file}\t${row.difference?.toExponential(1)}`,
    );
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error);
    row = { opens: false, sentence };
    console.log(`no\t${file}\t${sentence}`);
    if (!(error instanceof NetworkError)) console.log(error);
  }
  writeFileSync(`${stem}.row.json`, JSON.stringify(row));
}
