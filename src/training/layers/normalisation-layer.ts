import type * as tf from '@tensorflow/tfjs-core';
import { batchNormTraining, batchNormTrainingGradient } from '../../backend/kernels/training-kernels';
import { batchNormalisation } from '../architecture/parameter-layout';
import { beforeActivation, inKernel, outsideKernel } from './activation-layer';
import type { Activation, LayerRun, WeightOf } from './run-layers';

/** Batch normalisation by the batch's own statistics (Ioffe and Szegedy 2015), and the activation behind it. */
export function runNormalisation(x: tf.Tensor4D, weight: WeightOf, activation: Activation): LayerRun {
  const [scale, offset] = [weight('scale') as tf.Tensor1D, weight('offset') as tf.Tensor1D];
  const { epsilon } = batchNormalisation;
  const inside = inKernel(activation);
  const normalised = batchNormTraining(x, scale, offset, epsilon, inside);
  const { mean, variance } = normalised;
  const output = outsideKernel(normalised.output, activation) as tf.Tensor4D;
  return {
    output,
    statistics: { mean, variance },
    pull: (gradient) =>
      // The gradient of the normalisation goes through what its kernel computed with it.
      beforeActivation(gradient, output, activation === 'tanh' ? 'tanh' : null, (change) => {
        const gate = { activation: inside, offset } as const;
        const dy = change as tf.Tensor4D;
        const { dx, dScale, dOffset } = batchNormTrainingGradient(
          dy,
          x,
          mean,
          variance,
          scale,
          epsilon,
          gate,
        );
        return { inputs: [dx], weights: { scale: dScale, offset: dOffset } };
      }),
  };
}
