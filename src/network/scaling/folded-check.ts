import * as tf from '@tensorflow/tfjs-core';
import type { InputPicture } from '../../picture/picture';
import type { Network } from '../network';
import { predict } from '../run-network';
import { scalingNumbers } from './chosen-scaling';
import type { FirstLayerCheck } from './first-layer-check';
import { inputScalingNames, type ScalingNumbers } from './input-scaling';
import { scalePicture } from './scaling';
import type { ScalingProbe } from './scaling-probe';

/*
 * Spread of logits, from the smallest to the largest, beyond which no classifier is trained (a class would have the probability
 * 1e-86), and below which they are. Measured with the right scaling: 36 at most in MobileNet with its thousand classes, 14 in
 * mini-Xception, 13 in open_nsfw, 7 in three trained on Imagenette. With 0 to 255 in place of smaller values: 577 to 875 in
 * mini-Xception, 895 to 2508 in one trained on 0 to 1; MobileNet's ReLU6 and PaddleOCR's gates hide it (at most 36).
 */
const IMPLAUSIBLE = 200;
const PLAUSIBLE = 60;
/** Values that span less are of 0 to 1, -1 to 1 or standardised. */
const SPAN_OF_BYTES = 50;

const CANNOT_TELL = 'Nothing is left in the network to check it by.';

/**
 * The check of a network without a batch normalisation near its beginning. What is left tells only whether pictures come in
 * quite another size than in training (see `first-layer-check.ts`); else the answer is that it cannot tell.
 *
 * Where values of 0 to 255 are given to a network of 0 to 1 or -1 to 1, its logits grow with them. Cross entropy stops
 * training a network long before its logits spread over {@link IMPLAUSIBLE}.
 */
export function foldedProbe(firstLayer: FirstLayerCheck | null, network: Network): ScalingProbe {
  const channels = network.inputShape[2];
  return {
    async check(picture, used, checkpoint) {
      const larger = firstLayer?.better(used);
      if (larger) {
        return {
          outcome: 'another',
          scaling: larger,
          reason: `As pictures are scaled now, hardly a unit of the first layer can be switched on or off by any picture: the network was trained on larger values, “${inputScalingNames[larger]}” or others of that size.`,
        };
      }
      if (await isTooLarge(network, picture, used, checkpoint)) {
        return {
          outcome: 'another',
          scaling: 'unit',
          reason: `The logits of this picture spread over more than ${IMPLAUSIBLE}, which no training yields: the network was trained on smaller values, “${inputScalingNames.unit}” or others of that size.`,
        };
      }
      return { outcome: 'unknown', scaling: null, reason: CANNOT_TELL };
    },
    dispose: () => {},
  };

  async function isTooLarge(...[, picture, used, checkpoint]: Parameters<typeof spreadOfLogits>) {
    const isOfBytes = used.factor.some((factor) => 255 * Math.abs(factor) > SPAN_OF_BYTES);
    if (network.head !== 'softmax' || !isOfBytes) return false;
    const spread = await spreadOfLogits(network, picture, used, checkpoint);
    if (spread < IMPLAUSIBLE) return false;
    const other = await spreadOfLogits(network, picture, scalingNumbers('unit', channels), checkpoint);
    return other < PLAUSIBLE;
  }
}

/** From the smallest to the largest logit of a picture. */
export async function spreadOfLogits(
  network: Network,
  picture: InputPicture,
  scaling: ScalingNumbers,
  checkpoint: () => Promise<void>,
): Promise<number> {
  const [height, width, channels] = network.inputShape;
  const input = tf.tensor4d(scalePicture(picture, scaling), [1, height, width, channels]);
  try {
    const logits = await predict(network, input, checkpoint);
    return logits.reduce((a, b) => Math.max(a, b)) - logits.reduce((a, b) => Math.min(a, b));
  } finally {
    input.dispose();
  }
}
