import type * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../../network/network';
import { probabilitiesOf } from '../../network/probabilities';
import { type Checkpoint, forward, readerOf } from '../../network/run-network';
import { type Explained, explainedOf, type Kept, winnerOf } from '../../network/targets/explained';
import type { Target } from '../../network/targets/target';
import { inputNode, outputsOfVariants } from '../variants';

/** A network, a picture, and what is explained of it: what variants of the picture are asked about. */
export interface AskedNetwork {
  network: Network;
  /** The preprocessed picture, [1, h, w, c]; stays the owner's. */
  input: tf.Tensor4D;
  explained: Explained;
  /** What is explained, as it was found for the picture: it is the same for every variant. */
  target: Target | Kept;
  checkpoint: Checkpoint;
  /** Told the number of variants that have run. */
  onDone(variants: number): void;
}

/** What the network makes of one variant. */
export interface Answer {
  /** What is explained: the logit of the class, or another score. */
  value: number;
  /** Of the class that is explained; null where the output stands for no classes, or something else is explained. */
  probability: number | null;
  /** Place of the highest of the outputs. */
  winner: number;
}

/** The height of a curve at an answer: the probability where there is one. */
export const heightOf = ({ value, probability }: Answer): number => probability ?? value;

/** Runs the picture once, to know what is explained of it. */
export async function askNetwork(
  network: Network,
  input: tf.Tensor4D,
  target: Target,
  { checkpoint, onDone }: Pick<AskedNetwork, 'checkpoint' | 'onDone'>,
): Promise<AskedNetwork> {
  const outputs = await forward(network, input, checkpoint);
  try {
    const explained = await explainedOf(network, target, readerOf(outputs));
    return { network, input, explained, target: kept(target, explained), checkpoint, onDone };
  } finally {
    for (const output of outputs) output.dispose();
  }
}

/** The target with the winner of the picture in place of "the winner"; boxes and regions as they were found in it. */
function kept(target: Target, { index, score }: Explained): Target | Kept {
  if (target === null) return index;
  if (typeof target === 'number') return target;
  if (target.kind === 'box' || target.kind === 'region') return { kind: 'kept', index, score };
  return target.kind === 'contrast' ? { ...target, index } : target;
}

/**
 * What the network makes of variants of the picture, in batches as large as memory allows.
 * @param make variants `start` to `end`, [end - start, h, w, c]; freed here
 */
export async function answersOf(
  { network, explained, target, checkpoint, onDone }: AskedNetwork,
  count: number,
  make: (start: number, end: number) => tf.Tensor4D,
): Promise<Answer[]> {
  const { score } = explained;
  const found = await outputsOfVariants(network, {
    ...{ from: inputNode(network), outputs: [], count, make, to: score.node, checkpoint, onDone },
  });
  return found.map((numbers) => ({
    value: score.value(numbers),
    probability: typeof target === 'number' ? (probabilitiesOf(numbers, network)?.[target] ?? null) : null,
    winner: winnerOf(numbers),
  }));
}
