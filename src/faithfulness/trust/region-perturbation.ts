import type * as tf from '@tensorflow/tfjs-core';
import { mixedPictures } from '../mask';
import { type Answer, type AskedNetwork, answersOf, heightOf } from './asked-network';

export interface PerturbationOptions {
  /** Pixels along the side of a square; those at the right and lower edge are smaller where it does not divide the picture. */
  side: number;
  /** How many squares are changed, the most salient first; at most all of them. */
  squares: number;
  /** What squares become, [1, h, w, c]; stays the caller's. */
  to: tf.Tensor4D;
}

export interface Perturbation {
  /** From no square to all that are changed. */
  answers: Answer[];
  /** Area over the perturbation curve: `1 / (L + 1) sum_k f(x_0) - f(x_k)`, k from 0 to L. */
  aopc: number;
}

/**
 * Region perturbation (Samek et al. 2017): squares become those of another picture (noise, in the paper), in the order of what
 * they hold of the map. The map is at the picture's size.
 */
export async function regionPerturbation(
  asked: AskedNetwork,
  map: Float32Array,
  { side, squares, to }: PerturbationOptions,
): Promise<Perturbation> {
  const [, height, width] = asked.input.shape;
  const columns = Math.ceil(width / side);
  const squareOf = (pixel: number) =>
    Math.floor(Math.floor(pixel / width) / side) * columns + Math.floor((pixel % width) / side);
  const held = new Float64Array(columns * Math.ceil(height / side));
  map.forEach((value, pixel) => {
    held[squareOf(pixel)] += value;
  });
  const order = Array.from(held, (_, square) => square).sort((a, b) => held[b] - held[a] || a - b);
  const place = new Map(order.map((square, rank) => [square, rank] as const));
  const rankOf = Int32Array.from(map, (_, pixel) => place.get(squareOf(pixel)) as number);
  const last = Math.min(squares, order.length);
  const answers = await answersOf(asked, last + 1, (start, end) => {
    const cover = new Float32Array((end - start) * rankOf.length);
    for (let step = start; step < end; step++) {
      rankOf.forEach((rank, pixel) => {
        if (rank < step) cover[(step - start) * rankOf.length + pixel] = 1;
      });
    }
    return mixedPictures(asked.input, to, cover);
  });
  const whole = heightOf(answers[0]);
  const aopc = answers.reduce((sum, answer) => sum + whole - heightOf(answer), 0) / answers.length;
  return { answers, aopc };
}
