import * as tf from '@tensorflow/tfjs-core';
import { featureMap, type Operation, type Shape } from './operation';

/**
 * x / (bias + alpha * sum of x^2 over the channels from c - radius to c + radius)^beta (Krizhevsky et al. 2012).
 * ONNX and PyTorch divide their alpha by the number of channels summed; here it multiplies the plain sum.
 */
export interface LocalResponseNormalisationSpec {
  readonly type: 'local-response-normalisation';
  readonly radius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

export const localResponseNormalisationShape = (
  _: LocalResponseNormalisationSpec,
  inputs: readonly Shape[],
): Shape => featureMap(inputs);

export function localResponseNormalisation(spec: LocalResponseNormalisationSpec): Operation {
  const { radius, bias, alpha, beta } = spec;
  return {
    forward: ([x]) => tf.localResponseNormalization(x as tf.Tensor4D, radius, bias, alpha, beta),
    backward: (dy, [x], y) => [
      tf
        .engine()
        .runKernel(tf.LRNGrad, { x, y, dy }, { depthRadius: radius, bias, alpha, beta }) as tf.Tensor,
    ],
  };
}
