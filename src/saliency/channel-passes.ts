import * as tf from '@tensorflow/tfjs-core';
import { type Network, nodesBehind } from '../network/network';
import { type Checkpoint, runTail } from '../network/run-network';
import type { Score } from '../network/targets/score';

/** What a method needs that asks the network about every channel of a layer. */
export interface ChannelPasses {
  network: Network;
  /** The layer. */
  node: number;
  /** Its activation, [1, h, w, c]. */
  activation: tf.Tensor4D;
  /** Outputs of all nodes for the picture. */
  outputs: readonly tf.Tensor[];
  /** What is explained: a class's logit, or another score. */
  score: Score;
  /** What it is for the picture as it is. */
  value: number;
  /** Whether it is the logit of one class among others. */
  isLogit: boolean;
  checkpoint: Checkpoint;
  /** Told after every batch: how many of the layer's channels are done. */
  onChannels(done: number, of: number): void;
}

/** The node that takes the picture in. */
export const pictureNode = (network: Network) => network.nodes.findIndex(({ kind }) => kind === 'input');

/** Smallest and largest activation of every channel. */
export async function channelRanges(activation: tf.Tensor4D): Promise<{ min: number; max: number }[]> {
  const ranges = tf.tidy(() => {
    const [, height, width, channels] = activation.shape;
    const columns = tf.reshape(activation, [height * width, channels]);
    return tf.stack([tf.min(columns, 0), tf.max(columns, 0)]);
  });
  try {
    const values = await ranges.data();
    const channels = values.length / 2;
    return Array.from({ length: channels }, (_, k) => ({ min: values[k], max: values[channels + k] }));
  } finally {
    ranges.dispose();
  }
}

/**
 * The score of one variant a channel, in batches as large as memory allows; only the nodes behind
 * `from` run. Between any two nodes lies a checkpoint.
 * @param from the node whose output the variants replace
 * @param variantsOf [b, h, w, c] for these channels; freed here
 */
export async function scoresOfVariants(
  passes: ChannelPasses,
  channels: readonly number[],
  from: number,
  variantsOf: (channels: readonly number[]) => tf.Tensor4D,
): Promise<number[]> {
  const { network, outputs, score, checkpoint } = passes;
  const scores: number[] = [];
  const batch = batchSize(network, from);
  while (scores.length < channels.length) {
    await checkpoint();
    const variants = variantsOf(channels.slice(scores.length, scores.length + batch));
    let found: tf.Tensor | null = null;
    try {
      found = await runTail(network, from, variants, outputs, checkpoint, score.node);
      const values = (await found.data()) as Float32Array;
      const [count] = found.shape;
      const size = values.length / count;
      for (let i = 0; i < count; i++) scores.push(score.value(values.subarray(i * size, (i + 1) * size)));
    } finally {
      variants.dispose();
      found?.dispose();
    }
    passes.onChannels(scores.length, channels.length);
  }
  return scores;
}

/**
 * Bytes that the activations of one batch may take, and how many variants it may hold. A GPU fills only when much is
 * computed at once; on WebAssembly a pass costs the same from a batch of four on, and a shorter batch ends sooner.
 */
const limits: Record<string, { bytes: number; variants: number }> = {
  webgpu: { bytes: 256e6, variants: 32 },
  webgl: { bytes: 128e6, variants: 32 },
  wasm: { bytes: 48e6, variants: 8 },
  cpu: { bytes: 16e6, variants: 8 },
};

/** Variants that run together: as many as keep what lives at once below the backend's share of memory. */
export function batchSize(network: Network, from: number, backend = tf.getBackend()): number {
  const { bytes, variants } = limits[backend] ?? limits.cpu;
  return Math.max(1, Math.min(variants, Math.floor(bytes / (4 * floatsAtOnce(network, from)))));
}

/** Most values that live at once while one picture passes from node `from` to the logits. */
export function floatsAtOnce(network: Network, from: number): number {
  const sizes = network.nodes.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  const lastReader = new Map<number, number>();
  const behind = nodesBehind(network, from);
  for (const index of behind) for (const input of network.nodes[index].inputs) lastReader.set(input, index);
  let living = sizes[from];
  let most = living;
  for (const index of behind) {
    if (index === from) continue;
    const inputs = [...new Set(network.nodes[index].inputs)];
    const repeated = inputs
      .filter((input) => !behind.has(input))
      .reduce((sum, input) => sum + sizes[input], 0);
    living += sizes[index];
    most = Math.max(most, living + repeated);
    for (const input of inputs) {
      if (behind.has(input) && lastReader.get(input) === index) living -= sizes[input];
    }
  }
  return most;
}

/**
 * Multiplications of one pass from node `from` to the logits, up to a factor: taken as the size of every output
 * times the channels it reads, since nodes do not tell their kernels' sizes. Good for a share of progress.
 */
export function workBehind(network: Network, from: number): number {
  let work = 0;
  for (const index of nodesBehind(network, from)) {
    const { kind, shape, inputs } = network.nodes[index];
    if (index === from) continue;
    const reads =
      kind === 'convolution' || kind === 'dense' ? (network.nodes[inputs[0]].shape.at(-1) ?? 1) : 1;
    work += shape.reduce((a, b) => a * b, reads);
  }
  return work;
}
