import type * as tf from '@tensorflow/tfjs-core';
import { batchNormTraining, batchNormTrainingGradient } from '../../backend/training-kernels';
import { batchNormalisation } from '../layout';
import { inKernel, outsideKernel, pullActivation } from './activation';
import type { Activation, LayerRun, WeightOf } from './run';

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
    pull: (gradient) => {
      const dy = (
        activation === 'tanh' ? pullActivation(gradient, output, activation) : gradient
      ) as tf.Tensor4D;
      const gate = { activation: inside, offset } as const;
      const { dx, dScale, dOffset } = batchNormTrainingGradient(dy, x, mean, variance, scale, epsilon, gate);
      if (dy !== gradient) dy.dispose();
      return { inputs: [dx], weights: { scale: dScale, offset: dOffset } };
    },
  };
}
