import * as tf from '@tensorflow/tfjs-core';
import { type InputPasses, positiveSum, summedGradients } from './input-passes';

/** Places along the path from the baseline to the picture. */
export const IG_STEPS = 50;

/**
 * Integrated gradients: relu(sum_c x_c (1/m) sum_k dy/dx_c at a_k x), a_k = (k - 1/2) / m, m = 50: the integral along the straight path
 * from a baseline by the midpoint rule (Sundararajan, Taly and Yan 2017, equation 3). The baseline is what the network reads as 0,
 * mid-grey where pictures are scaled to -1..1. The unrectified sum over all pixels is y(x) - y(0), but for the steps.
 * @returns [h, w], not normalised
 */
export async function integratedGradients(passes: InputPasses): Promise<tf.Tensor2D> {
  const { input } = passes;
  const sum = await summedGradients(passes, IG_STEPS, (start, end) =>
    tf.tidy(() => {
      const factors = Array.from({ length: end - start }, (_, i) => (start + i + 0.5) / IG_STEPS);
      return tf.mul(input, tf.tensor4d(factors, [factors.length, 1, 1, 1])) as tf.Tensor4D;
    }),
  );
  const map = tf.tidy(() => positiveSum(tf.div(tf.mul(input, sum), IG_STEPS) as tf.Tensor4D));
  sum.dispose();
  return map;
}
