import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { SaliencyMethod } from '../protocol';
import { gradCam } from './grad-cam';

/** Map [h, w] of one layer from its activation and gradient, both [1, h, w, c]. */
export type LayerSaliency = (activation: Tensor4D, gradient: Tensor4D) => Tensor2D;

/** One entry a method; the ids and names stand in the protocol, for the page to list. */
export const saliencyMethods: Record<SaliencyMethod, LayerSaliency> = {
  'grad-cam': gradCam,
};
