import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasShared, sharedFolder, startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../build';
import { filesOfBlobs } from '../files/network-files';
import type { ReadNetwork } from '../files/read-network';
import { readKerasBytes } from '../keras/keras-testing';
import type { Head } from '../network-head';
import { readOnnxFiles } from '../onnx/read-onnx';
import { predict } from '../run-network';
import { findScaling } from './find-scaling';
import type { InputScaling } from './input-scaling';
import { scalePicture, scalingReport } from './scaling';

const fixtures = path.join(import.meta.dirname, 'fixtures');

/** What Keras and onnxruntime compute of the picture; networks.py beside the fixtures wrote it. */
interface Reference {
  size: [number, number];
  scaling: InputScaling;
  /** Whether the file settles that scaling. */
  settled: boolean;
  logits: number[];
}

const references: Record<string, Reference> = JSON.parse(
  readFileSync(path.join(fixtures, 'references.json'), 'utf8'),
);
const files = Object.keys(references);
const isField = (file: string) => file.startsWith('field/');

/** The picture of the recipe as the page decodes it. */
function picture([height, width]: [number, number], channels: number) {
  const rgba = new Uint8ClampedArray(height * width * 4).fill(255);
  for (let place = 0; place < height * width; place++) {
    for (let colour = 0; colour < 3; colour++) {
      const i = channels === 1 ? place : place * 3 + colour;
      rgba[place * 4 + colour] = (7919 * i) % 256;
    }
  }
  return { rgba, width, height };
}

async function read(file: string): Promise<ReadNetwork> {
  const bytes = Uint8Array.from(readFileSync(path.join(isField(file) ? sharedFolder : fixtures, file)));
  const name = path.basename(file);
  if (!name.endsWith('.onnx')) return readKerasBytes(name, bytes);
  const files = filesOfBlobs([{ path: name, blob: new Blob([bytes]) }], name);
  return readOnnxFiles(files, { signal: new AbortController().signal, onBytes: () => {} });
}

/** Numbers that a softmax tells apart. */
function comparable(logits: ArrayLike<number>, head: Head): number[] {
  const mean = head === 'softmax' ? Array.from(logits).reduce((a, b) => a + b) / logits.length : 0;
  return Array.from(logits, (logit) => logit - mean);
}

async function expectReference(file: string): Promise<void> {
  const { size, scaling: made, settled, logits } = references[file];
  const { graph, scaling: told } = await read(file);
  const channels = graph.input.shape[2];
  const report = scalingReport(findScaling(graph, graph.outputs[0], told, 'network'), channels);
  expect(report).toMatchObject({ name: made, isGuess: !settled, bgr: false });
  const network = buildNetwork(graph, { inputSize: size });
  expect(network.inputShape).toEqual([...size, channels]);
  const input = tf.tensor4d(scalePicture(picture(size, channels), report), [1, ...size, channels]);
  const found = comparable(await predict(network, input, async () => {}), network.head);
  input.dispose();
  network.dispose();
  // One unit tells two classes, whose logits are opposite.
  const ofClasses = network.reading.kind === 'binary' ? logits.flatMap((logit) => [-logit, logit]) : logits;
  const right = comparable(ofClasses, network.head);
  expect(found).toHaveLength(right.length);
  for (const [i, value] of right.entries()) {
    expect(Math.abs(found[i] - value), `logit ${i}`).toBeLessThan(1e-4 * Math.max(1, Math.abs(value)));
  }
}

beforeAll(() => startBackend('wasm'));

describe('A network gets pictures as its file asks for them, and yields what its framework yields', () => {
  it.each(files.filter((file) => !isField(file)))('%s', expectReference);
});

describe.skipIf(!hasShared)('Files that people brought (skipped where ../shared is absent)', () => {
  it.each(files.filter(isField))('%s', expectReference);
});
