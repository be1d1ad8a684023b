import * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../../network/network';
import { type Checkpoint, captureGradients } from '../../network/run-network';
import type { Score } from '../../network/targets/score';
import { pictureNode } from '../channel-passes';

/** What a method needs that asks the network about many variants of the picture itself. */
export interface InputPasses {
  network: Network;
  /** The preprocessed picture x, [1, h, w, c]. */
  input: tf.Tensor4D;
  /** dy/dx for the picture itself, [1, h, w, c]. */
  gradient: tf.Tensor4D;
  /** What is explained, found for the picture itself and the same for all variants. */
  score: Score;
  /** The class whose probability there is as well; null where what is explained is no class, or classes have none. */
  probabilityOf: number | null;
  checkpoint: Checkpoint;
  /** Told the share of the work that is done. */
  onShare(share: number): void;
}

/** Bytes that all activations of a batch may take: they are kept until the gradient has passed them. */
const BUDGET = 160e6;
const MOST_AT_ONCE = 8;

/** Pictures whose gradients run together. */
export function picturesAtOnce(network: Network): number {
  const floats = network.nodes.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  return Math.max(1, Math.min(MOST_AT_ONCE, Math.floor(BUDGET / (4 * floats))));
}

/**
 * The sum of dy/dx over variants of the picture, in batches.
 * @param variantsOf [b, h, w, c] of the variants from `start` to before `end`; freed here
 * @returns [1, h, w, c], owned by the caller
 */
export async function summedGradients(
  { network, input, score, checkpoint, onShare }: InputPasses,
  count: number,
  variantsOf: (start: number, end: number) => tf.Tensor4D,
): Promise<tf.Tensor4D> {
  const node = pictureNode(network);
  let sum = tf.zerosLike(input);
  const batch = picturesAtOnce(network);
  try {
    for (let start = 0; start < count; start += batch) {
      const end = Math.min(count, start + batch);
      const variants = variantsOf(start, end);
      try {
        await captureGradients(network, variants, {
          layers: [node],
          chooseTarget: () => score,
          onLayer(_, __, gradient) {
            const more = tf.tidy(() => tf.add(sum, tf.sum(gradient, 0, true)) as tf.Tensor4D);
            sum.dispose();
            sum = more;
          },
          checkpoint,
        });
      } finally {
        variants.dispose();
      }
      onShare(end / count);
    }
    return sum;
  } catch (error) {
    sum.dispose();
    throw error;
  }
}

/** relu(sum_c of [1, h, w, c]) as [h, w]: what of each pixel, over its channels, speaks for what is explained. */
export function positiveSum(values: tf.Tensor4D): tf.Tensor2D {
  const [, height, width] = values.shape;
  return tf.tidy(() => tf.reshape(tf.relu(tf.sum(values, 3)), [height, width]) as tf.Tensor2D);
}
