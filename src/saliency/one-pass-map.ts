import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { componentForClass } from './components/eigen-grad-cam';
import { saliencyMethods } from './map-of-method';
import type { SaliencyMethod } from './method-names';
import { channelEvidence } from './smoothing/channel-evidence';

/**
 * The map of one layer by a method that reads activations [1, h, w, c], or gradients of that shape as well.
 * @param eigen whether it is the first principal component of what the channels say, where the method sums them; else their sum
 * @returns [h, w]; null where the method reads something else, or the gradient is missing
 */
export async function onePassMap(
  method: SaliencyMethod,
  activation: Tensor4D,
  gradient: Tensor4D | null,
  eigen = false,
): Promise<Tensor2D | null> {
  const how = saliencyMethods[method];
  if (how.reads === 'activation') return how.map(activation);
  if (how.reads !== 'gradient' || !gradient) return null;
  const evidenceOf = eigen && channelEvidence[method];
  if (!evidenceOf) return how.map(activation, gradient);
  const evidence = evidenceOf(activation, gradient);
  try {
    return await componentForClass(evidence);
  } finally {
    evidence.dispose();
  }
}
