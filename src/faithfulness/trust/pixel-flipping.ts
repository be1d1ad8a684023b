import type * as tf from '@tensorflow/tfjs-core';
import { seededRandom } from '../../semiotics';
import { areaUnder, firstPixels, pixelOrder } from '../curves';
import { mixedPictures } from '../mask';
import { type Answer, type AskedNetwork, answersOf, heightOf } from './asked-network';

export interface FlippingOptions {
  /** Steps from the first pixel to the last. */
  steps: number;
  seed: number;
  /** What pixels are changed in, and what they become there, [1, h, w, c] each; both stay the caller's. */
  from: tf.Tensor4D;
  to: tf.Tensor4D;
}

export interface Flipping {
  /** From no pixel to all of them: steps + 1. */
  answers: Answer[];
  /** Mean height of the curve, by the trapezoid rule over shares 0 .. 1 of the pixels. */
  area: number;
}

/**
 * Pixel flipping (Bach et al. 2015): pixels become those of another picture, most salient first. With the channels' means in
 * place it is the paper's, with the blurred picture deletion, and from the blurred picture to the picture itself insertion
 * (Petsiuk et al. 2018). The map is at the picture's size.
 */
export async function pixelFlipping(
  asked: AskedNetwork,
  map: Float32Array,
  { steps, seed, from, to }: FlippingOptions,
): Promise<Flipping> {
  const order = pixelOrder(map, seededRandom(seed));
  const at = Array.from({ length: steps + 1 }, (_, step) => step);
  const answers = await answersOf(asked, at.length, (start, end) =>
    mixedPictures(from, to, firstPixels(order, at.slice(start, end), steps)),
  );
  return { answers, area: areaUnder(answers.map(heightOf)) };
}
