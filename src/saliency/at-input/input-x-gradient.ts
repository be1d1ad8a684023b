import * as tf from '@tensorflow/tfjs-core';
import { type InputPasses, positiveSum } from './input-passes';

/**
 * Input x gradient: relu(sum_c x_c dy/dx_c), at every pixel of what the network reads (Shrikumar et al. 2016).
 * @returns [h, w], not normalised
 */
export async function inputXGradient({ input, gradient }: InputPasses): Promise<tf.Tensor2D> {
  return tf.tidy(() => positiveSum(tf.mul(input, gradient) as tf.Tensor4D));
}
