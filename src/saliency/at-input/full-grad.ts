import * as tf from '@tensorflow/tfjs-core';
import { type Network, nodesBehind } from '../../network/network';
import { forward, pullBackThrough, scoreGradient } from '../../network/run-network';
import { resizeBilinear } from '../../semiotics';
import { pictureNode } from '../channel-passes';
import { assertMovesKnown } from '../known-derivatives';
import type { InputPasses } from './input-passes';

/**
 * FullGrad: psi(x dy/dx) + sum_l sum_c psi(b_c dy/db_c), psi(f) = |f|, scaled to 0..1 over its layer and enlarged bilinearly to the
 * picture (Srinivas and Fleuret 2019, equations 5 and 6; that a layer is scaled as one is their code's way). The biases are those of
 * convolutions, the implicit ones of normalisations, and what else is not linear in its input: `Operation.biases`. Those of vectors lie
 * nowhere in the picture, and are left out of the map as in the paper.
 * @returns [h, w], not normalised
 */
export async function fullGrad(passes: InputPasses): Promise<tf.Tensor2D> {
  const { network, input } = passes;
  const [, height, width] = input.shape;
  const sum = new Float64Array(height * width);
  await fullGradients(passes, async (part, node) => {
    const map = asMap(network, node, part);
    if (!map) return;
    const scaled = tf.tidy(() => tf.sum(scaledTogether(map), [0, 3]) as tf.Tensor);
    const [, rows, columns] = map.shape;
    map.dispose();
    const values = (await scaled.data()) as Float32Array;
    scaled.dispose();
    resizeBilinear(values, columns, rows, width, height).forEach((value, at) => {
      sum[at] += value;
    });
  });
  return tf.tensor2d(Float32Array.from(sum), [height, width]);
}

/**
 * All parts that the score of a network is the sum of: x dy/dx of the picture, and of every operation with a bias b dy/db, from the last to the first.
 * Their sum is the score, where that is linear in the network's numbers as a logit is.
 * @param onPart takes [1, ...] of the node's own shape, freed behind it
 */
export async function fullGradients(
  { network, input, score, checkpoint, onShare }: InputPasses,
  onPart: (part: tf.Tensor, node: number) => Promise<void>,
): Promise<void> {
  assertMovesKnown(network);
  const picture = pictureNode(network);
  const behind = nodesBehind(network, picture);
  const outputs = await forward(network, input, checkpoint);
  const gradients = new Map<number, tf.Tensor>();
  try {
    gradients.set(score.node, await scoreGradient(score, outputs[score.node]));
    for (let index = score.node; index >= picture; index--) {
      const gradient = gradients.get(index);
      if (gradient) {
        await checkpoint();
        const node = network.nodes[index];
        const inputs = node.inputs.map((read) => outputs[read]);
        const parts = tf.tidy(() => {
          const own = index === picture ? [outputs[index]] : (node.biases?.(inputs, outputs[index]) ?? []);
          return own.map((bias) => tf.mul(gradient, bias));
        });
        try {
          for (const part of parts) await onPart(part, index);
        } finally {
          tf.dispose(parts);
        }
        pullBackThrough(network, index, gradient, (read) => outputs[read], gradients, behind);
        gradient.dispose();
        gradients.delete(index);
      }
      outputs[index].dispose();
      onShare((score.node - index + 1) / (score.node - picture + 1));
    }
  } finally {
    for (const output of outputs) if (!output.isDisposed) output.dispose();
    for (const gradient of gradients.values()) gradient.dispose();
  }
}

/** |f| between 0 and 1, over all its numbers; 0 where they are all the same. */
function scaledTogether(map: tf.Tensor4D): tf.Tensor4D {
  const size = tf.abs(map);
  const least = tf.min(size);
  return tf.divNoNan(tf.sub(size, least), tf.sub(tf.max(size), least)) as tf.Tensor4D;
}

/** A node's numbers where they lie in the picture, [1, h, w, c]: maps, and tokens on their grid; null where they lie nowhere. */
function asMap(network: Network, node: number, part: tf.Tensor): tf.Tensor4D | null {
  const { shape } = network.nodes[node];
  if (shape.length === 3) {
    const [height, width] = shape;
    return height * width > 1 && isOfPicture(network, height, width) ? (part.clone() as tf.Tensor4D) : null;
  }
  const block = network.attention.find(
    ({ tokens, places }) => places && shape.length === 2 && shape[0] === tokens,
  );
  if (!block?.places) return null;
  const { grid, first } = block.places;
  const [, channels] = shape;
  const places = grid[0] * grid[1];
  const placed = tf.tidy(() =>
    tf.reshape(tf.slice(part, [0, first, 0], [1, places, channels]), [1, grid[0], grid[1], channels]),
  );
  return placed as tf.Tensor4D;
}

/** Where a network has attention, heads of tokens have three axes too: maps are of the picture's aspect. */
function isOfPicture({ attention, inputShape }: Network, height: number, width: number): boolean {
  if (attention.length === 0) return true;
  const [whole, wide] = inputShape;
  return Math.abs(height / width - whole / wide) <= 1 / Math.min(height, width) && height <= whole;
}
