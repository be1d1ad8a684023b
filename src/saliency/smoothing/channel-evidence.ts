import * as tf from '@tensorflow/tfjs-core';
import { spatialMean } from '../../backend/kernels/spatial-mean';
import { gradCamPlusPlusWeights } from '../grad-cam-plus-plus';
import type { SaliencyMethod } from '../method-names';
import { xGradCamWeights } from '../xgrad-cam';

/** What each channel says at each place, [1, h, w, c]: the summands of a method's map. */
export type ChannelEvidence = (activation: tf.Tensor4D, gradient: tf.Tensor4D) => tf.Tensor4D;

const weighted =
  (weightsOf: (activation: tf.Tensor4D, gradient: tf.Tensor4D) => tf.Tensor): ChannelEvidence =>
  (activation, gradient) =>
    tf.tidy(() => tf.mul(activation, weightsOf(activation, gradient)));

const product =
  (gradientOf: (gradient: tf.Tensor4D) => tf.Tensor4D): ChannelEvidence =>
  (activation, gradient) =>
    tf.tidy(() => tf.mul(gradientOf(gradient), activation));

/** By method, where it sums over channels what activation and gradient of a layer tell. */
export const channelEvidence: Partial<Record<SaliencyMethod, ChannelEvidence>> = {
  'grad-cam': weighted((_, gradient) => spatialMean(gradient)),
  'grad-cam++': weighted(gradCamPlusPlusWeights),
  'hires-cam': product((gradient) => gradient),
  'layer-cam': product((gradient) => tf.relu(gradient)),
  'grad-cam-elementwise': (activation, gradient) => tf.tidy(() => tf.relu(tf.mul(gradient, activation))),
  'xgrad-cam': weighted(xGradCamWeights),
};
