import * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../network/network';
import { forward, type Checkpoint as Pause } from '../network/run-network';
import { seededRandom } from '../semiotics';
import { networkInput } from './data/augment';
import type { Batch, Dataset, Split } from './data/dataset';
import { batchLoss } from './loss';
import type { Evaluation } from './training-methods';

export interface EvaluateOptions {
  split: Split;
  /** The first so many pictures; null for all. */
  pictures: number | null;
  /** Share of a batch, told after each. */
  onProgress?(fraction: number): void;
  pause: Pause;
}

/** Bytes of feature maps that are alive at once. */
const ROOM = 2 ** 27;
const LARGEST_BATCH = 64;

/**
 * Loss without smoothing, accuracy and confusion of a network as it is exported: by running statistics, no dropout, pictures as
 * they are.
 */
export async function evaluateNetwork(
  network: Network,
  data: Dataset,
  { split, pictures, onProgress, pause }: EvaluateOptions,
): Promise<Evaluation> {
  const { classes } = data.summary;
  const available = data.summary[split];
  const count = Math.min(pictures ?? available, available);
  const confusion = classes.map(() => classes.map(() => 0));
  const batch = batchFor(network);
  let loss = 0;
  let right = 0;
  for (let start = 0; start < count; start += batch) {
    const indices = Array.from({ length: Math.min(batch, count - start) }, (_, i) => start + i);
    const read = await data.read(split, indices);
    const logits = await logitsOf(network, read, data.side, pause);
    const part = batchLoss(logits, read.labels, classes.length, 0);
    loss += part.loss * indices.length;
    right += part.right;
    read.labels.forEach((label, row) => {
      confusion[label][winnerOf(logits, row * classes.length, classes.length)]++;
    });
    onProgress?.((start + indices.length) / count);
  }
  return { loss: loss / count, accuracy: right / count, confusion };
}

function batchFor({ nodes }: Network): number {
  const numbers = nodes.reduce((sum, { shape }) => sum + tf.util.sizeFromShape([...shape]), 0);
  return Math.max(1, Math.min(LARGEST_BATCH, Math.floor(ROOM / (4 * numbers))));
}

async function logitsOf(network: Network, { pixels, labels }: Batch, side: number, pause: Pause) {
  const x = pictureTensor(pixels, labels.length, side);
  try {
    const outputs = await forward(network, x, pause);
    const logits = outputs[network.output].clone();
    tf.dispose(outputs);
    const values = (await logits.data()) as Float32Array;
    logits.dispose();
    return values;
  } finally {
    x.dispose();
  }
}

/** Pictures as a network reads them, unchanged: [n, side, side, 3]. */
export function pictureTensor(pixels: Uint8Array, count: number, side: number): tf.Tensor4D {
  return tf.tensor4d(networkInput(pixels, side, null, seededRandom(0)), [count, side, side, 3]);
}

function winnerOf(logits: Float32Array, start: number, classes: number): number {
  let winner = 0;
  for (let k = 1; k < classes; k++) if (logits[start + k] > logits[start + winner]) winner = k;
  return winner;
}
