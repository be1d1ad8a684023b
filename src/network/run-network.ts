import * as tf from '@tensorflow/tfjs-core';
import { type AtOnce, type Network, nodesBehind } from './network';
import { readsInputs } from './ops/operation';
import { numberScore, type Score } from './targets/score';

/** Called between layers: lets messages in and throws when the work was cancelled. */
export type Checkpoint = () => Promise<void>;

/** Logits [classes] of one picture [1, h, w, c]. Frees everything else. */
export async function predict(
  network: Network,
  input: tf.Tensor4D,
  checkpoint: Checkpoint,
): Promise<Float32Array> {
  const outputs = await forward(network, input, checkpoint, new Set([network.output]));
  try {
    return await logitsOf(network, outputs);
  } finally {
    for (const output of outputs) output.dispose();
  }
}

/** Logits [b x classes] among the outputs of all nodes. */
export const logitsOf = async (network: Network, outputs: tf.Tensor[]) =>
  (await outputs[network.output].data()) as Float32Array;

/** Reads what nodes yield for one picture of a batch. */
export const readerOf =
  (outputs: readonly tf.Tensor[], picture = 0): ReadNode =>
  async (node) => {
    const numbers = (await outputs[node].data()) as Float32Array;
    const size = numbers.length / outputs[node].shape[0];
    return numbers.subarray(picture * size, (picture + 1) * size);
  };

/**
 * Outputs of all nodes for pictures [b, h, w, c], each owned by the caller; tails run on them.
 * @param kept the nodes whose numbers are read later; those of others are freed behind their last reader, and only their shapes are left.
 *     All are kept where it is left out
 */
export async function forward(
  network: Network,
  input: tf.Tensor4D,
  checkpoint: Checkpoint,
  kept?: ReadonlySet<number>,
): Promise<tf.Tensor[]> {
  const { nodes } = network;
  const outputs: tf.Tensor[] = [];
  const { taken, skipped } = atOnceOf(network, kept);
  const inputsOf = (index: number) => taken[index]?.inputs ?? nodes[index].inputs;
  const lastReader = new Int32Array(nodes.length).fill(-1);
  for (let index = 0; index < nodes.length; index++) {
    if (!skipped.has(index)) for (const read of inputsOf(index)) lastReader[read] = index;
  }
  try {
    for (let index = 0; index < nodes.length; index++) {
      await checkpoint();
      const node = nodes[index];
      if (skipped.has(index)) {
        outputs.push(new ShapeAlone([input.shape[0], ...node.shape]));
        continue;
      }
      const inputs = inputsOf(index);
      const read = inputs.map((each) => outputs[each]);
      outputs.push(
        node.kind === 'input' ? input.clone() : computed(network, index, taken[index], read, outputs),
      );
      if (!kept) continue;
      for (const each of inputs) if (lastReader[each] === index && !kept.has(each)) outputs[each].dispose();
    }
    return outputs;
  } catch (error) {
    for (const output of outputs) output.dispose();
    throw error;
  }
}

/** What the nodes compute that are computed with others at once, and those others, none of which is to be kept. */
function atOnceOf(
  { nodes }: Network,
  kept?: ReadonlySet<number>,
  isWanted: (atOnce: AtOnce) => boolean = () => true,
) {
  const skipped = new Set<number>();
  const taken: (AtOnce | undefined)[] = [];
  for (const [index, { atOnce }] of nodes.entries()) {
    if (!kept || !atOnce || !isWanted(atOnce) || atOnce.skips.some((skip) => kept.has(skip))) continue;
    for (const skip of atOnce.skips) skipped.add(skip);
    taken[index] = atOnce;
  }
  return { taken, skipped };
}

function computed(
  network: Network,
  index: number,
  atOnce: AtOnce | undefined,
  read: tf.Tensor[],
  outputs: readonly tf.Tensor[],
): tf.Tensor {
  if (!atOnce) return network.nodes[index].forward(read);
  return atOnce.forward(read) ?? oneByOne(network, index, atOnce, outputs);
}

/** A node, behind those before it that were left out because it should have been computed with them at once. */
function oneByOne(
  { nodes }: Network,
  index: number,
  { skips }: AtOnce,
  outputs: readonly tf.Tensor[],
): tf.Tensor {
  const own = new Map<number, tf.Tensor>();
  const compute = (each: number) =>
    nodes[each].forward(nodes[each].inputs.map((read) => own.get(read) ?? outputs[read]));
  try {
    for (const skip of [...skips].sort((a, b) => a - b)) own.set(skip, compute(skip));
    return compute(index);
  } finally {
    for (const tensor of own.values()) tensor.dispose();
  }
}

/** What stands in the place of a tensor that was not computed: its shape, and nothing else. */
class ShapeAlone extends tf.Tensor {
  constructor(shape: number[]) {
    super(shape as never, 'float32', {}, -1);
    this.isDisposedInternal = true;
  }
}

/**
 * What a node yields when one before it yields other activations than it did: only the nodes between them run again.
 * @param from the node whose output is replaced
 * @param activations [b, h, w, c] in its place, a batch of variants of one picture; stays the caller's
 * @param outputs of all nodes for that picture, batch 1, from `forward`; stay the caller's
 * @param to the node whose output is wanted; left out, the network's
 * @returns [b, ...], [b, classes] of the network's own output; owned by the caller
 */
export async function runTail(
  network: Network,
  from: number,
  activations: tf.Tensor,
  outputs: readonly tf.Tensor[],
  checkpoint: Checkpoint,
  to = network.output,
): Promise<tf.Tensor> {
  const behind = nodesBehind(network, from);
  const batch = activations.shape[0];
  // Of two ends of a network, one need not read what leads to the other.
  if (!behind.has(to)) return tf.tile(outputs[to], [batch, ...outputs[to].shape.slice(1).map(() => 1)]);
  const lastReader = new Map<number, number>();
  network.nodes.forEach((node, index) => {
    if (behind.has(index)) for (const input of node.inputs) lastReader.set(input, index);
  });
  const changed = new Map<number, tf.Tensor>([[from, activations.clone()]]);
  try {
    for (let index = from + 1; index <= to; index++) {
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
        if (lastReader.get(input) === index && input !== to) {
          changed.get(input)?.dispose();
          changed.delete(input);
        }
      }
    }
    return (changed.get(to) as tf.Tensor).clone();
  } finally {
    for (const tensor of changed.values()) tensor.dispose();
  }
}

/** What a node yields for one picture. */
export type ReadNode = (node: number) => Promise<Float32Array>;

/** The derivative of a score by what its node yields for one picture; owned by the caller. */
export const scoreGradient = async (score: Score, output: tf.Tensor): Promise<tf.Tensor> =>
  tf.tensor(score.gradient((await output.data()) as Float32Array), output.shape);

type Chosen = number | Score;

export interface CaptureRequest {
  /** Nodes whose activation and gradient are wanted. */
  layers: readonly number[];
  /**
   * What is differentiated, chosen for each picture of the batch once its logits are known: the logit of a class, by its
   * number, or another score. `read` tells what an end of the network yields for the picture, or a wanted node.
   */
  chooseTarget(logits: Float32Array, picture: number, read: ReadNode): Chosen | Promise<Chosen>;
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
  /** Milliseconds. */
  forwardMs: number;
}

/**
 * Activation and gradient of a score at all wanted layers, in one forward and one backward pass over a batch of
 * pictures [b, h, w, c], each with a score of its own: a class's logit, or what else is explained of it.
 *
 * Reverse accumulation over the network's own graph: no tape, no weight gradients, nothing below the first
 * wanted layer. An activation that no gradient reads is freed on the way forward, every other one as soon as the gradient has passed it. A layer that the score does not
 * depend on has a gradient of zeros.
 */
export async function captureGradients(
  network: Network,
  input: tf.Tensor4D,
  request: CaptureRequest,
): Promise<Capture> {
  const wanted = new Set(request.layers);
  const needed = nodesBehind(network, ...wanted);
  const started = performance.now();
  const asked = new Set([...wanted, ...ends(network)]);
  const { taken } = atOnceOf(network, asked, (each) => each.backward !== undefined);
  const outputs = await forward(
    network,
    input,
    request.checkpoint,
    readBackwards(network, asked, needed, taken),
  );
  const gradients = new Map<number, tf.Tensor>();
  try {
    const logits = await logitsOf(network, outputs);
    const forwardMs = performance.now() - started;
    const pictures = input.shape[0];
    const classes = logits.length / pictures;
    const scores: Score[] = [];
    for (let picture = 0; picture < pictures; picture++) {
      const own = logits.subarray(picture * classes, (picture + 1) * classes);
      const chosen = await request.chooseTarget(own, picture, readerOf(outputs, picture));
      scores.push(typeof chosen === 'number' ? numberScore(network.output, chosen) : chosen);
    }
    await seedGradients(scores, outputs, gradients);
    for (let index = network.output; index >= 0; index--) {
      const gradient = gradients.get(index) ?? (wanted.has(index) ? tf.zerosLike(outputs[index]) : null);
      if (gradient) {
        gradients.set(index, gradient);
        await request.checkpoint();
        if (wanted.has(index)) {
          await request.onLayer(index, outputs[index] as tf.Tensor4D, gradient as tf.Tensor4D);
        }
        const outputOf = (node: number) => outputs[node];
        const { inputs = [], backward } = taken[index] ?? {};
        if (!backward) pullBackThrough(network, index, gradient, outputOf, gradients, needed);
        else if (inputs.some((each) => needed.has(each)))
          addGradients(inputs, backward(gradient, inputs.map(outputOf)), gradients, needed);
        gradient.dispose();
        gradients.delete(index);
      }
      outputs[index].dispose();
    }
    return { logits, forwardMs };
  } finally {
    for (const output of outputs) if (!output.isDisposed) output.dispose();
    for (const gradient of gradients.values()) gradient.dispose();
  }
}

/** The nodes that tell what may be explained. */
const ends = ({ output, detail }: Network): number[] => (detail ? [output, detail.node] : [output]);

/**
 * The nodes whose numbers are read on the way back, beside those that are asked for: by a gradient.
 * @param taken what is computed at once both ways, by its last node
 */
function readBackwards(
  { nodes }: Network,
  asked: ReadonlySet<number>,
  needed: ReadonlySet<number>,
  taken: readonly (AtOnce | undefined)[],
): Set<number> {
  const read = new Set(asked);
  const skipped = new Set(taken.flatMap((each) => each?.skips ?? []));
  nodes.forEach((node, index) => {
    const atOnce = taken[index];
    const { inputs } = atOnce ?? node;
    if (skipped.has(index) || !inputs.some((input) => needed.has(input))) return;
    const reads = atOnce ? readsInputs : node.backwardReads;
    if (reads?.output ?? true) read.add(index);
    if (reads?.inputs ?? true) for (const input of inputs) read.add(input);
  });
  return read;
}

export interface ActivationRequest {
  /** Nodes whose activation is wanted. */
  layers: readonly number[];
  /** Called once per wanted node, from the last to the first, with its [b, h, w, c]; awaited. */
  onLayer(node: number, activation: tf.Tensor4D): Promise<void>;
  /** Called once, before the layers, with a way to read what a wanted node or an end of the network yields for the first picture, and for any other. */
  onOutputs?(read: ReadNode, readOf: (picture: number) => ReadNode): Promise<void>;
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
  const kept = new Set([...wanted, ...ends(network)]);
  const outputs = await forward(network, input, request.checkpoint, kept);
  try {
    const logits = await logitsOf(network, outputs);
    const forwardMs = performance.now() - started;
    await request.onOutputs?.(readerOf(outputs), (picture) => readerOf(outputs, picture));
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

/**
 * Adds the gradient of node `index` to those of its inputs, as far as they are needed.
 * @param gradients by node, owned by the caller
 */
export function pullBackThrough(
  network: Network,
  index: number,
  gradient: tf.Tensor,
  outputOf: (node: number) => tf.Tensor,
  gradients: Map<number, tf.Tensor>,
  needed: ReadonlySet<number>,
): void {
  const node = network.nodes[index];
  if (!node.inputs.some((input) => needed.has(input))) return;
  const [input] = node.inputs;
  const sum = gradients.get(input);
  const total = sum && node.backwardOnto?.(sum, gradient, outputOf(input), outputOf(index));
  if (total) {
    sum.dispose();
    gradients.set(input, total);
    return;
  }
  const parts = node.backward(gradient, node.inputs.map(outputOf), outputOf(index));
  addGradients(node.inputs, parts, gradients, needed);
}

/**
 * Adds what is handed to each of some nodes, as far as they are needed; takes the parts.
 * @param gradients by node, owned by the caller
 */
export function addGradients(
  inputs: readonly number[],
  parts: readonly tf.Tensor[],
  gradients: Map<number, tf.Tensor>,
  needed: ReadonlySet<number>,
): void {
  parts.forEach((part, i) => {
    const input = inputs[i];
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

/** The derivatives of every picture's score by the outputs of the nodes that scores read. */
async function seedGradients(
  scores: readonly Score[],
  outputs: readonly tf.Tensor[],
  gradients: Map<number, tf.Tensor>,
): Promise<void> {
  for (const node of new Set(scores.map((score) => score.node))) {
    const numbers = (await outputs[node].data()) as Float32Array;
    const size = numbers.length / scores.length;
    const seed = new Float32Array(numbers.length);
    scores.forEach((score, picture) => {
      if (score.node !== node) return;
      const own = numbers.subarray(picture * size, (picture + 1) * size);
      seed.set(score.gradient(own), picture * size);
    });
    gradients.set(node, tf.tensor(seed, outputs[node].shape));
  }
}
