import * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../network/network';
import { type Checkpoint, runTail } from '../network/run-network';

/** Bytes that the largest tensor of a batch may take: graphics memory is roomier than a WebAssembly heap. */
const budgets: Record<string, number> = { webgpu: 128e6, webgl: 64e6 };
const otherBudget = 24e6;
const largestBatch = 64;

/** How many variants of a picture run at once behind a node without any tensor passing the backend's budget. */
export function batchSize(network: Network, from: number): number {
  const behind = network.nodes.slice(from);
  const largest = Math.max(...behind.map(({ shape }) => shape.reduce((product, side) => product * side, 4)));
  const budget = budgets[tf.getBackend()] ?? otherBudget;
  return Math.max(1, Math.min(largestBatch, Math.floor(budget / largest)));
}

export interface VariantsRequest {
  /** Node whose output the variants replace. */
  from: number;
  /** Outputs of all nodes for the picture itself; none are needed where `from` is the input. */
  outputs: readonly tf.Tensor[];
  count: number;
  /** Variants `start` to `end`, [end - start, h, w, c]; freed by the callee. */
  make(start: number, end: number): tf.Tensor4D;
  /** The node whose output is wanted. */
  to: number;
  checkpoint: Checkpoint;
  /** Called after every batch with the number of variants in it. */
  onDone(variants: number): void;
}

/** What a node yields for every variant, the logits [classes] where it is the network's output; in batches. */
export async function outputsOfVariants(network: Network, request: VariantsRequest): Promise<Float32Array[]> {
  const { from, outputs, count, make, to, checkpoint, onDone } = request;
  const found: Float32Array[] = [];
  const batch = batchSize(network, from);
  for (let start = 0; start < count; start += batch) {
    await checkpoint();
    const end = Math.min(count, start + batch);
    const variants = make(start, end);
    let yielded: tf.Tensor | null = null;
    try {
      yielded = await runTail(network, from, variants, outputs, checkpoint, to);
      const values = (await yielded.data()) as Float32Array;
      const size = values.length / (end - start);
      for (let i = 0; i < end - start; i++) found.push(values.slice(i * size, (i + 1) * size));
    } finally {
      variants.dispose();
      yielded?.dispose();
    }
    onDone(end - start);
  }
  return found;
}

/** Where pictures enter. */
export const inputNode = (network: Network) => network.nodes.findIndex(({ kind }) => kind === 'input');
