import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { ablationCamWeights } from './ablation-cam';
import { meanActivation } from './activation-map';
import type { ChannelPasses } from './channel-passes';
import { eigenCam } from './components/eigen-cam';
import { eigenGradCam } from './components/eigen-grad-cam';
import { kpcaCam } from './components/kpca-cam';
import { fem } from './fem';
import { gradCam } from './grad-cam';
import { gradCamElementwise } from './grad-cam-elementwise';
import { gradCamPlusPlus } from './grad-cam-plus-plus';
import { hiResCam } from './hires-cam';
import { layerCam } from './layer-cam';
import type { SaliencyMethod } from './method-names';
import { scoreCamWeights } from './score-cam';
import { shapleyCamWeights } from './shapley-cam';
import { xGradCam } from './xgrad-cam';

/** How one method makes the map of a layer, and what it reads: activations are [1, h, w, c], maps [h, w]. */
export type LayerSaliency =
  | { reads: 'activation'; map(activation: Tensor4D): Tensor2D | Promise<Tensor2D> }
  | { reads: 'gradient'; map(activation: Tensor4D, gradient: Tensor4D): Tensor2D | Promise<Tensor2D> }
  /** The attention of all blocks, from which `attentionMaps` makes the maps. */
  | { reads: 'attention' }
  /** The picture itself and variants of it, from which `inputMaps` makes the map. */
  | { reads: 'input' }
  /** Passes of their own for each layer, most often one a channel; `weights` of the channels, whose weighted sum is the map. */
  | { reads: 'passes'; weights(passes: ChannelPasses): Promise<Float32Array> };

/** One entry a method; the ids and names stand in the protocol, for the page to list. */
export const saliencyMethods: Record<SaliencyMethod, LayerSaliency> = {
  'grad-cam': { reads: 'gradient', map: gradCam },
  'grad-cam++': { reads: 'gradient', map: gradCamPlusPlus },
  'hires-cam': { reads: 'gradient', map: hiResCam },
  'layer-cam': { reads: 'gradient', map: layerCam },
  'grad-cam-elementwise': { reads: 'gradient', map: gradCamElementwise },
  'xgrad-cam': { reads: 'gradient', map: xGradCam },
  'eigen-cam': { reads: 'activation', map: eigenCam },
  'eigen-grad-cam': { reads: 'gradient', map: eigenGradCam },
  'kpca-cam': { reads: 'activation', map: (activation) => kpcaCam(activation) },
  fem: { reads: 'activation', map: fem },
  'score-cam': { reads: 'passes', weights: scoreCamWeights },
  'ablation-cam': { reads: 'passes', weights: ablationCamWeights },
  'shapley-cam': { reads: 'passes', weights: shapleyCamWeights },
  activation: { reads: 'activation', map: meanActivation },
  attention: { reads: 'attention' },
  rollout: { reads: 'attention' },
  'attention-relevance': { reads: 'attention' },
  legrad: { reads: 'attention' },
  'input-x-gradient': { reads: 'input' },
  'integrated-gradients': { reads: 'input' },
  'full-grad': { reads: 'input' },
  'smooth-grad': { reads: 'input' },
  rise: { reads: 'input' },
};
