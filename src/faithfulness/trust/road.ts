import * as tf from '@tensorflow/tfjs-core';
import { seededRandom } from '../../semiotics';
import { type ImputationOptions, noisyLinearImputation } from '../../semiotics/trust/noisy-linear-imputation';
import { pixelOrder } from '../curves';
import { type Answer, type AskedNetwork, answersOf, heightOf } from './asked-network';

export interface RoadOptions {
  percentages: readonly number[];
  seed: number;
  /** Left out, noise is added and the imputation solved for as `noisyLinearImputation` does. */
  noise?: number;
  tolerance?: number;
}

export interface Road {
  /** With the most relevant pixels taken away, at each percentage. */
  mostFirst: Answer[];
  /** With the least relevant ones. */
  leastFirst: Answer[];
  /**
   * Half of what the class keeps on average when the least relevant pixels go, less what it keeps when the most relevant go
   * (as pytorch-grad-cam combines the two): positive where the map knows better than chance, at most 0.5 of a probability.
   */
  score: number;
}

/**
 * ROAD, remove and debias (Rong et al. 2022): pixels go in the order of the map, from either end, and are filled in by noisy
 * linear imputation. The map is at the picture's size.
 */
export async function road(
  asked: AskedNetwork,
  map: Float32Array,
  { percentages, seed, ...imputation }: RoadOptions,
): Promise<Road> {
  const random = seededRandom(seed);
  const order = pixelOrder(map, random);
  const picture = (await asked.input.data()) as Float32Array;
  const counts = percentages.map((percentage) => Math.floor((order.length * percentage) / 100));
  const variants = [
    ...counts.map((count) => order.subarray(0, count)),
    ...counts.map((count) => order.subarray(order.length - count)),
  ];
  const answers = await answersOf(asked, variants.length, (start, end) =>
    imputed(asked.input.shape, picture, variants.slice(start, end), { random, ...imputation }),
  );
  const [mostFirst, leastFirst] = [answers.slice(0, counts.length), answers.slice(counts.length)];
  const mean = (of: Answer[]) => of.reduce((sum, answer) => sum + heightOf(answer), 0) / of.length;
  return { mostFirst, leastFirst, score: (mean(leastFirst) - mean(mostFirst)) / 2 };
}

function imputed(
  [, height, width, channels]: [number, number, number, number],
  picture: Float32Array,
  variants: readonly Uint32Array[],
  how: Pick<ImputationOptions, 'random' | 'noise' | 'tolerance'>,
): tf.Tensor4D {
  const values = new Float32Array(variants.length * picture.length);
  variants.forEach((pixels, i) => {
    const removed = new Uint8Array(width * height);
    for (const pixel of pixels) removed[pixel] = 1;
    const filled = noisyLinearImputation(picture, { width, height, channels, removed, ...how });
    values.set(filled, i * picture.length);
  });
  return tf.tensor4d(values, [variants.length, height, width, channels]);
}
