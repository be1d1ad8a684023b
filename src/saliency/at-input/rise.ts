import * as tf from '@tensorflow/tfjs-core';
import { probabilitiesOf } from '../../network/probabilities';
import { forward, readerOf } from '../../network/run-network';
import { type Random, seededRandom } from '../../semiotics';
import { batchSize, pictureNode } from '../channel-passes';
import type { InputPasses } from './input-passes';

export const RISE_MASKS = 1000;
/** Cells of a mask along a side, and the share of them that is open. */
const CELLS = 7;
const OPEN = 0.5;
const SEED = 1;

/**
 * RISE: 1 / (n p) sum_i f(x * M_i) M_i less its smallest value, the mean of random masks weighted by what the network makes of the picture
 * seen through them (Petsiuk, Das and Saenko 2018, equation 6). What all pixels share, the mean of f, says nothing of a place. f is the probability of the class, or the score where what is explained is no
 * class. A mask is a grid of 7 x 7 cells, each open by chance 1/2, enlarged bilinearly to 8 x 8 cells and cut out at a random place;
 * n = 1,000, the same masks every time. What a mask hides becomes what the network reads as 0.
 * @returns [h, w], not normalised
 */
export async function rise(passes: InputPasses): Promise<tf.Tensor2D> {
  const { network, input, score, probabilityOf, checkpoint, onShare } = passes;
  const [, height, width] = input.shape;
  const random = seededRandom(SEED);
  const sum = new Float64Array(height * width);
  const batch = batchSize(network, pictureNode(network));
  const kept = new Set([network.output, score.node]);
  for (let start = 0; start < RISE_MASKS; start += batch) {
    const count = Math.min(batch, RISE_MASKS - start);
    const masks = new Float32Array(count * height * width);
    for (let i = 0; i < count; i++) {
      masks.set(riseMask(height, width, random), i * height * width);
    }
    const seen = tf.tidy(() => tf.mul(input, tf.tensor4d(masks, [count, height, width, 1])) as tf.Tensor4D);
    let outputs: tf.Tensor[] = [];
    try {
      outputs = await forward(network, seen, checkpoint, kept);
      for (let i = 0; i < count; i++) {
        const read = readerOf(outputs, i);
        const probabilities =
          probabilityOf === null ? null : probabilitiesOf(await read(network.output), network);
        const value =
          probabilities && probabilityOf !== null
            ? probabilities[probabilityOf]
            : score.value(await read(score.node));
        for (let at = 0; at < sum.length; at++) sum[at] += value * masks[i * sum.length + at];
      }
    } finally {
      seen.dispose();
      for (const output of outputs) if (!output.isDisposed) output.dispose();
    }
    onShare((start + count) / RISE_MASKS);
  }
  const least = sum.reduce((a, b) => Math.min(a, b));
  const map = Float32Array.from(sum, (value) => (value - least) / (RISE_MASKS * OPEN));
  return tf.tensor2d(map, [height, width]);
}

/** One mask, h x w, between 0 and 1. */
export function riseMask(height: number, width: number, random: Random): Float32Array {
  const grid = Float32Array.from({ length: CELLS * CELLS }, () => (random.next() < OPEN ? 1 : 0));
  const rows = enlarged(height, random);
  const columns = enlarged(width, random);
  const mask = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    const { low: top, high: bottom, share: down } = rows[y];
    for (let x = 0; x < width; x++) {
      const { low: left, high: right, share: across } = columns[x];
      const above = grid[top * CELLS + left] * (1 - across) + grid[top * CELLS + right] * across;
      const below = grid[bottom * CELLS + left] * (1 - across) + grid[bottom * CELLS + right] * across;
      mask[y * width + x] = above * (1 - down) + below * down;
    }
  }
  return mask;
}

/** For every pixel of an axis the two cells it lies between, once seven of them fill eight, from a place by chance on. */
function enlarged(size: number, random: Random): { low: number; high: number; share: number }[] {
  const cell = Math.ceil(size / CELLS);
  const first = random.below(cell);
  return Array.from({ length: size }, (_, i) => {
    const at = ((first + i + 0.5) * CELLS) / ((CELLS + 1) * cell) - 0.5;
    const place = Math.min(CELLS - 1, Math.max(0, at));
    const low = Math.floor(place);
    return { low, high: Math.min(CELLS - 1, low + 1), share: place - low };
  });
}
