import * as tf from '@tensorflow/tfjs-core';
import { seededRandom } from '../../semiotics';
import { normalFrom } from '../../semiotics/trust/noisy-linear-imputation';
import { type InputPasses, summedGradients } from './input-passes';

export const SMOOTH_GRAD_PICTURES = 50;
/** Deviation of the noise as a share of the range of the picture's values: the middle of the paper's 10 % to 20 %. */
export const SMOOTH_GRAD_NOISE = 0.15;
const SEED = 1;

/**
 * SmoothGrad: sum_c | (1/n) sum_i dy/dx_c at x + e_i |, e_i normal noise of deviation 0.15 (max x - min x), n = 50, the same noise every
 * time (Smilkov et al. 2017; the sum of absolute values over the colours is that of its authors' code).
 * @returns [h, w], not normalised
 */
export async function smoothGrad(passes: InputPasses): Promise<tf.Tensor2D> {
  const { input } = passes;
  const values = (await input.data()) as Float32Array;
  const high = values.reduce((a, b) => Math.max(a, b));
  const low = values.reduce((a, b) => Math.min(a, b));
  const deviation = SMOOTH_GRAD_NOISE * (high - low);
  const normal = normalFrom(seededRandom(SEED));
  const [, height, width, channels] = input.shape;
  const sum = await summedGradients(passes, SMOOTH_GRAD_PICTURES, (start, end) => {
    const noisy = new Float32Array((end - start) * values.length);
    for (let i = 0; i < noisy.length; i++) noisy[i] = values[i % values.length] + deviation * normal();
    return tf.tensor4d(noisy, [end - start, height, width, channels]);
  });
  const map = tf.tidy(() => {
    const mean = tf.abs(tf.div(sum, SMOOTH_GRAD_PICTURES));
    return tf.reshape(tf.sum(mean, 3), [height, width]) as tf.Tensor2D;
  });
  sum.dispose();
  return map;
}
