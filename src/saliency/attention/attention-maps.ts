import * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../../network/network';
import {
  type Checkpoint,
  captureActivations,
  captureGradients,
  forward,
  logitsOf,
  type ReadNode,
  readerOf,
} from '../../network/run-network';
import type { Kept } from '../../network/targets/explained';
import type { Target } from '../../network/targets/target';
import { attentionBlocks, type TokenBlock } from '../../network/tokens/attention-blocks';
import { haveOwnScores, keepTokens } from '../../network/tokens/attention-summary';
import { explainedOnce } from '../explained-once';
import type { AttentionMethod } from '../method-names';
import { attentionRelevance, weightedAttention } from './attention-relevance';
import { legrad } from './legrad';
import { ownScoreGradient } from './own-score';
import { type AttentionChoice, rawAttention } from './raw-attention';
import { rollout } from './rollout';
import { mapOfClass } from './token-places';
import { windowAttention, windowPlaces } from './window-attention';

export interface AttentionRun {
  /** All blocks of the network, from the first. */
  readonly blocks: readonly TokenBlock[];
  readonly choice: AttentionChoice;
  /** What is explained. */
  readonly target: Target | Kept;
  /** Called once with a way to read what any node yields for the picture. */
  onOutputs?(read: ReadNode): Promise<void>;
  readonly checkpoint: Checkpoint;
}

export interface AttentionMaps {
  readonly logits: Float32Array;
  /** The class explained, or the number; null where it is no one of them. */
  readonly target: number | null;
  /** The score that is explained, for the picture. */
  readonly value: number;
  /** One a block, [rows, columns], owned by the caller. */
  readonly maps: tf.Tensor2D[];
  /** Milliseconds of the forward pass. */
  readonly forwardMs: number;
}

/** The blocks that a method has maps of: where tokens look within windows, none but `attention` is defined. */
export const blocksFor = (network: Network, method: AttentionMethod): TokenBlock[] =>
  attentionBlocks(network, method === 'attention');

/**
 * Why a method has no maps for a network, in a sentence with what to do; null where it has. Rollout and relevance multiply the
 * attention of all blocks, so all must be between the same tokens.
 */
export function whyNoAttention(
  network: Network,
  blocks: readonly TokenBlock[],
  method: AttentionMethod,
): string | null {
  if (blocks.length === 0 && network.attention.some(({ windows }) => windows !== null)) {
    return 'The tokens of this network look within windows, so none of them can be followed or taken through its head. Choose Attention, which shows each block by itself.';
  }
  if (blocks.length === 0) {
    return 'This network holds no attention between all its tokens. Choose another method.';
  }
  if ((method === 'rollout' || method === 'attention-relevance') && !keepTokens(network, blocks)) {
    return 'Rollout and relevance follow tokens from block to block, but here some blocks have others, or look within windows. Choose Attention, which shows each block by itself.';
  }
  return method === 'legrad' && !haveOwnScores(network, blocks)
    ? 'LeGrad takes the tokens of every block through the head of the network, but here blocks differ in tokens or channels, or the head reads several. Choose Attention relevance.'
    : null;
}

/** The maps of every block by one method; the attention of one block is held at a time, beside an [N, N] matrix each. */
export function attentionMaps(
  network: Network,
  input: tf.Tensor4D,
  method: AttentionMethod,
  run: AttentionRun,
): Promise<AttentionMaps> {
  if (method === 'legrad') return legradMaps(network, input, run);
  if (method === 'attention-relevance') return relevanceMaps(network, input, run);
  return lookingMaps(network, input, method, run);
}

/** Methods that read where tokens look, and no gradient. */
async function lookingMaps(
  network: Network,
  input: tf.Tensor4D,
  method: 'attention' | 'rollout',
  run: AttentionRun,
): Promise<AttentionMaps> {
  const { blocks, choice, checkpoint } = run;
  const chosen = explainedOnce(network, run.target, run.onOutputs);
  const found = new Map<number, tf.Tensor2D>();
  try {
    const { logits, forwardMs } = await captureActivations(network, input, {
      layers: blocks.map(({ probabilities }) => probabilities),
      onLayer: async (node, attention) => {
        const block = blocks.find(({ probabilities }) => probabilities === node) as TokenBlock;
        found.set(node, await lookOf(network, method, block, { attention, choice }));
      },
      onOutputs: async (read) => void (await chosen.choose(read)),
      checkpoint,
    });
    const each = blocks.map(({ probabilities }) => found.get(probabilities) as tf.Tensor2D);
    const maps =
      method === 'attention'
        ? each.map((map) => map.clone())
        : gathered(blocks, each, (before, step) => tf.matMul(step, before));
    return { logits, ...chosen.result(), maps, forwardMs };
  } finally {
    for (const tensor of found.values()) tensor.dispose();
  }
}

/** Where the tokens of one block look: a map, or for rollout its matrix. */
async function lookOf(
  network: Network,
  method: 'attention' | 'rollout',
  { places, windows }: TokenBlock,
  { attention, choice }: { attention: tf.Tensor; choice: AttentionChoice },
): Promise<tf.Tensor2D> {
  if (method === 'rollout') return rollout(null, attention);
  if (!windows) return rawAttention(attention, places, choice);
  return windowAttention(attention, await windowPlaces(network, windows), windows.grid, choice);
}

async function relevanceMaps(
  network: Network,
  input: tf.Tensor4D,
  run: AttentionRun,
): Promise<AttentionMaps> {
  const { blocks, checkpoint } = run;
  const chosen = explainedOnce(network, run.target, run.onOutputs);
  const weighted = new Map<number, tf.Tensor2D>();
  try {
    const { logits, forwardMs } = await captureGradients(network, input, {
      layers: blocks.map(({ probabilities }) => probabilities),
      chooseTarget: (_logits, _picture, read) => chosen.choose(read),
      onLayer: (node, attention, gradient) => {
        weighted.set(node, weightedAttention(attention, gradient));
      },
      checkpoint,
    });
    const each = blocks.map(({ probabilities }) => weighted.get(probabilities) as tf.Tensor2D);
    const [first, ...rest] = each;
    const start = attentionRelevance(null, first);
    const maps = gathered(blocks, [start, ...rest], attentionRelevance);
    start.dispose();
    return { logits, ...chosen.result(), maps, forwardMs };
  } finally {
    for (const tensor of weighted.values()) tensor.dispose();
  }
}

async function legradMaps(network: Network, input: tf.Tensor4D, run: AttentionRun): Promise<AttentionMaps> {
  const { blocks, checkpoint } = run;
  const chosen = explainedOnce(network, run.target, run.onOutputs);
  const started = performance.now();
  const outputs = await forward(network, input, checkpoint);
  const maps: tf.Tensor2D[] = [];
  try {
    const logits = await logitsOf(network, outputs);
    const forwardMs = performance.now() - started;
    const score = await chosen.choose(readerOf(outputs));
    for (const block of blocks) {
      const last = blocks[blocks.length - 1];
      const gradient = await ownScoreGradient(network, block, last, { outputs, score, checkpoint });
      maps.push(legrad(gradient, block.places));
      gradient.dispose();
    }
    return { logits, ...chosen.result(), maps, forwardMs };
  } catch (error) {
    for (const map of maps) map.dispose();
    throw error;
  } finally {
    for (const output of outputs) output.dispose();
  }
}

/** The map of every block of a matrix that gathers what each adds, from the first block on. */
function gathered(
  blocks: readonly TokenBlock[],
  steps: readonly tf.Tensor2D[],
  add: (before: tf.Tensor2D, step: tf.Tensor2D) => tf.Tensor2D,
): tf.Tensor2D[] {
  let sum = steps[0].clone();
  return blocks.map(({ places }, i) => {
    if (i > 0) {
      const next = add(sum, steps[i]);
      sum.dispose();
      sum = next;
    }
    const map = mapOfClass(sum, places);
    if (i === blocks.length - 1) sum.dispose();
    return map;
  });
}
