import * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../network/network';
import type { Prediction } from '../network/prediction';
import { type Checkpoint, predict } from '../network/run-network';
import { scalingNumbers } from '../network/scaling/chosen-scaling';
import { scalePicture } from '../network/scaling/scaling';
import type { ScalingTrial, TryScalingsRequest } from '../network/scaling/scaling-trial';

export interface TrialOptions {
  /** Called between operations: throws when the trials were cancelled. */
  checkpoint: Checkpoint;
  /** The first prediction of a picture by its logits. */
  answer(logits: Float32Array): Prediction;
  /** So many of all passes are done. */
  onTrial(done: number, of: number): void;
}

/** What a network says of pictures that are scaled in one way after the other: forward passes, picture by picture. */
export async function tryScalings(
  network: Network,
  { inputs, scalings }: Pick<TryScalingsRequest, 'inputs' | 'scalings'>,
  { checkpoint, answer, onTrial }: TrialOptions,
): Promise<ScalingTrial[]> {
  const [height, width, channels] = network.inputShape;
  const of = scalings.length * inputs.length;
  const trials: ScalingTrial[] = [];
  for (const scaling of scalings) {
    const numbers = scalingNumbers(scaling, channels);
    const answers: Prediction[] = [];
    for (const picture of inputs) {
      onTrial(trials.length * inputs.length + answers.length, of);
      const input = tf.tensor4d(scalePicture(picture, numbers), [1, height, width, channels]);
      try {
        answers.push(answer(await predict(network, input, checkpoint)));
      } finally {
        input.dispose();
      }
    }
    trials.push({ scaling, answers });
  }
  return trials;
}
