import * as tf from '@tensorflow/tfjs-core';
import type { Network } from './network';

/** Called between layers: lets messages in and throws when the work was cancelled. */
export type Checkpoint = () => Promise<void>;

/** Logits [classes] of one picture [1, h, w, c]. Frees everything else. */
export async function predict(
  network: Network,
  input: tf.Tensor4D,
  checkpoint: Checkpoint,
): Promise<Float32Array> {
  const outputs = await forward(network, input, checkpoint);
  try {
    return await logitsOf(network, outputs);
  } finally {
    for (const output of outputs) output.dispose();
  }
}

/** Logits [b x classes] among the outputs of all nodes. */
export const logitsOf = async (network: Network, outputs: tf.Tensor[]) =>
  (await outputs[network.output].data()) as Float32Array;

/** Outputs of all nodes for pictures [b, h, w, c], each owned by the caller; tails run on them. */
export async function forward(
  network: Network,
  input: tf.Tensor4D,
  checkpoint: Checkpoint,
): Promise<tf.Tensor[]> {
  const outputs: tf.Tensor[] = [];
  try {
    for (const node of network.nodes) {
      await checkpoint();
      const inputs = node.inputs.map((index) => outputs[index]);
      outputs.push(node.kind === 'input' ? input.clone() : node.forward(inputs));
    }
    return outputs;
  } catch (error) {
    for (const output of outputs) output.dispose();
    throw error;
  }
}

/**
 * Logits when a node yields other activations than it did: only the nodes behind it run again.
 * @param from the node whose output is replaced
 * @param activations [b, h, w, c] in its place, a batch of variants of one picture; stays the caller's
 * @param outputs of all nodes for that picture, batch 1, from `forward`; stay the caller's
 * @returns [b, classes], owned by the caller
 */
export async function runTail(
  network: Network,
  from: number,
  activations: tf.Tensor,
  outputs: readonly tf.Tensor[],
  checkpoint: Checkpoint,
): Promise<tf.Tensor2D> {
  const behind = nodesThatLeadTo(network, new Set([from]));
  const batch = activations.shape[0];
  const lastReader = new Map<number, number>();
  network.nodes.forEach((node, index) => {
    if (behind.has(index)) for (const input of node.inputs) lastReader.set(input, index);
  });
  const changed = new Map<number, tf.Tensor>([[from, activations.clone()]]);
  try {
    for (let index = from + 1; index <= network.output; index++) {
      if (!behind.has(index)) continue;
      await checkpoint();
      const node = network.nodes[index];
      const repeated: tf.Tensor[] = [];
      const inputs = node.inputs.map((input) => {
        const variant = changed.get(input);
        if (variant) return variant;
        const same = outputs[input];
        if (batch === 1) return same;
        const tiled = tf.tile(same, [batch, ...same.shape.slice(1).map(() => 1)]);
        repeated.push(tiled);
        return tiled;
      });
      changed.set(index, node.forward(inputs));
      for (const tensor of repeated) tensor.dispose();
      for (const input of new Set(node.inputs)) {
        if (lastReader.get(input) === index && input !== network.output) {
          changed.get(input)?.dispose();
          changed.delete(input);
        }
      }
    }
    return (changed.get(network.output) as tf.Tensor2D).clone();
  } finally {
    for (const tensor of changed.values()) tensor.dispose();
  }
}

export interface CaptureRequest {
  /** Nodes whose activation and gradient are wanted. */
  layers: readonly number[];
  /** Class whose logit is differentiated, chosen for each picture of the batch once its logits are known. */
  chooseTarget(logits: Float32Array, picture: number): number;
  /**
   * Called once per wanted node, from the last to the first.
   * Both tensors are [b, h, w, c] and live only during the call, until its promise where it returns one.
   */
  onLayer(node: number, activation: tf.Tensor4D, gradient: tf.Tensor4D): void | Promise<void>;
  checkpoint: Checkpoint;
}

export interface Capture {
  /** [b x classes] */
  logits: Float32Array;
  /** The class chosen for each picture. */
  targets: number[];
  /** Milliseconds. */
  forwardMs: number;
}

/**
 * Activation and gradient of a class logit at all wanted layers, in one forward and one backward pass over a batch of
 * pictures [b, h, w, c], each with a class of its own.
 *
 * Reverse accumulation over the network's own graph: no tape, no weight gradients, nothing below the first
 * wanted layer, and every activation is freed as soon as the gradient has passed it.
 */
export async function captureGradients(
  network: Network,
  input: tf.Tensor4D,
  request: CaptureRequest,
): Promise<Capture> {
  const wanted = new Set(request.layers);
  const needed = nodesThatLeadTo(network, wanted);
  const started = performance.now();
  const outputs = await forward(network, input, request.checkpoint);
  const gradients = new Map<number, tf.Tensor>();
  try {
    const logits = await logitsOf(network, outputs);
    const forwardMs = performance.now() - started;
    const pictures = input.shape[0];
    const classes = logits.length / pictures;
    const targets = Array.from({ length: pictures }, (_, picture) =>
      request.chooseTarget(logits.subarray(picture * classes, (picture + 1) * classes), picture),
    );
    gradients.set(network.output, oneHot(classes, targets));
    for (let index = network.output; index >= 0; index--) {
      const gradient = gradients.get(index);
      if (gradient) {
        await request.checkpoint();
        if (wanted.has(index)) {
          await request.onLayer(index, outputs[index] as tf.Tensor4D, gradient as tf.Tensor4D);
        }
        pullBack(network, index, gradient, outputs, gradients, needed);
        gradient.dispose();
        gradients.delete(index);
      }
      outputs[index].dispose();
    }
    return { logits, targets, forwardMs };
  } finally {
    for (const output of outputs) if (!output.isDisposed) output.dispose();
    for (const gradient of gradients.values()) gradient.dispose();
  }
}

export interface ActivationRequest {
  /** Nodes whose activation is wanted. */
  layers: readonly number[];
  /** Called once per wanted node, from the last to the first, with its [b, h, w, c]; awaited. */
  onLayer(node: number, activation: tf.Tensor4D): Promise<void>;
  checkpoint: Checkpoint;
}

/** Activations of all wanted layers in one forward pass, without the backward one. */
export async function captureActivations(
  network: Network,
  input: tf.Tensor4D,
  request: ActivationRequest,
): Promise<{ logits: Float32Array; forwardMs: number }> {
  const wanted = new Set(request.layers);
  const started = performance.now();
  const outputs = await forward(network, input, request.checkpoint);
  try {
    const logits = await logitsOf(network, outputs);
    const forwardMs = performance.now() - started;
    for (let index = network.output; index >= 0; index--) {
      if (wanted.has(index)) {
        await request.checkpoint();
        await request.onLayer(index, outputs[index] as tf.Tensor4D);
      }
      outputs[index].dispose();
    }
    return { logits, forwardMs };
  } finally {
    for (const output of outputs) if (!output.isDisposed) output.dispose();
  }
}

/** Adds the gradient of node `index` to those of its inputs, as far as they lead to a wanted layer. */
function pullBack(
  network: Network,
  index: number,
  gradient: tf.Tensor,
  outputs: tf.Tensor[],
  gradients: Map<number, tf.Tensor>,
  needed: Set<number>,
): void {
  const node = network.nodes[index];
  if (!node.inputs.some((input) => needed.has(input))) return;
  const inputs = node.inputs.map((input) => outputs[input]);
  node.backward(gradient, inputs, outputs[index]).forEach((part, i) => {
    const input = node.inputs[i];
    const sum = gradients.get(input);
    if (!needed.has(input)) {
      part.dispose();
    } else if (sum) {
      gradients.set(input, tf.add(sum, part));
      sum.dispose();
      part.dispose();
    } else {
      gradients.set(input, part);
    }
  });
}

/** Wanted nodes and all nodes behind them. */
function nodesThatLeadTo(network: Network, wanted: Set<number>): Set<number> {
  const needed = new Set<number>();
  network.nodes.forEach((node, index) => {
    if (wanted.has(index) || node.inputs.some((input) => needed.has(input))) needed.add(index);
  });
  return needed;
}

/** [positions, length]: a row of zeros with a 1 at each position. */
function oneHot(length: number, positions: readonly number[]): tf.Tensor {
  const values = new Float32Array(positions.length * length);
  positions.forEach((position, row) => {
    values[row * length + position] = 1;
  });
  return tf.tensor(values, [positions.length, length]);
}
