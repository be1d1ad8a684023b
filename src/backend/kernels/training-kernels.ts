import * as tf from '@tensorflow/tfjs-core';
import { TRAINING_CONVOLUTION } from '../fast-convolution';
import type { Activation } from '../fast-convolution/geometry';
import {
  activationGradientByOperations,
  adamStepByOperations,
  batchNormTrainingByOperations,
  batchNormTrainingGradientByOperations,
  descentStepByOperations,
} from '../training-operations';
import type { AdamState, DescentState, NormalisationGradient, Normalised } from '../training-states';
import {
  BATCH_NORM_TRAINING,
  BATCH_NORM_TRAINING_GRADIENT,
  type NormalisationAttributes,
} from './normalisation-kernels';
import {
  ACTIVATION_GRADIENT,
  ADAM_STEP,
  type AdamAttributes,
  DESCENT_STEP,
  type DescentAttributes,
} from './update-kernels';

/**
 * What a training step is made of, in as few passes over memory as it takes: convolutions (`trainingConvolution`) and their
 * gradients towards filters (`convolutionFilterGradient`); batch normalisation by the batch's own statistics and its
 * gradient, with the activation behind it (`batchNormTraining`, `batchNormTrainingGradient`); the gradient in front of
 * a ReLU (`activationGradient`); steps of Adam and of gradient descent (`adamStep`, `descentStep`). The rest are
 * kernels under the names of TensorFlow.js: `Conv2DBackpropInput`, `MaxPoolGrad`, `AvgPoolGrad` and so on.
 *
 * On WebAssembly they run as kernels of our own; on other backends as operations of
 * TensorFlow.js (`training-operations.ts`). No tape sees them: they have no gradients registered. All return new
 * tensors, and leave the old ones to the caller: a variable's filter is known by its data, so it must not change in place.
 */

/** True where our own kernels do the work: on our own backend, for tensors that are not empty. */
const isOwn = (x: tf.Tensor) => tf.getBackend() === 'wasm' && x.size > 0 && x.dtype === 'float32';

const run = <Result>(name: string, inputs: object, attributes: object) =>
  tf.engine().runKernel(name, inputs as tf.NamedTensorMap, attributes as tf.NamedAttrMap) as Result;

/**
 * `activation((x - mean) / sqrt(variance + epsilon) * scale + offset)` by the mean and variance of all places of the batch.
 * @param x [..., channels], most often [n, h, w, channels]
 * @param scale and `offset`, [channels]
 */
export function batchNormTraining<X extends tf.Tensor>(
  x: X,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  epsilon: number,
  activation: Activation = 'linear',
): Normalised<X> {
  const attributes: NormalisationAttributes = { epsilon, activation };
  if (!isOwn(x)) return batchNormTrainingByOperations(x, scale, offset, attributes);
  const [output, mean, variance] = run<[X, tf.Tensor1D, tf.Tensor1D]>(
    BATCH_NORM_TRAINING,
    { x, scale, offset },
    attributes,
  );
  return { output, mean, variance };
}

/** The activation of a normalisation; with its offset, whether a place was open can be told without its output. */
export interface NormalisationGate {
  activation: Activation;
  offset: tf.Tensor1D;
}

/**
 * Gradient of `batchNormTraining`, statistics included.
 * @param dy gradient of its output, behind the activation where `gate` names one; of x's shape
 * @param x the input that was normalised
 * @param mean and `variance`, what `batchNormTraining` returned
 */
export function batchNormTrainingGradient<X extends tf.Tensor>(
  dy: X,
  x: X,
  mean: tf.Tensor1D,
  variance: tf.Tensor1D,
  scale: tf.Tensor1D,
  epsilon: number,
  gate?: NormalisationGate,
): NormalisationGradient<X> {
  const activation = gate?.activation ?? 'linear';
  const inputs = { dy, x, mean, variance, scale, ...(gate && { offset: gate.offset }) };
  const attributes: NormalisationAttributes = { epsilon, activation };
  if (!isOwn(x)) return batchNormTrainingGradientByOperations(inputs, attributes);
  const [dx, dScale, dOffset] = run<[X, tf.Tensor1D, tf.Tensor1D]>(
    BATCH_NORM_TRAINING_GRADIENT,
    inputs,
    attributes,
  );
  return { dx, dScale, dOffset };
}

/**
 * dy where the activation was open, else 0.
 * @param output of the activation, of dy's shape
 */
export function activationGradient<X extends tf.Tensor>(dy: X, output: X, activation: Activation): X {
  if (activation === 'linear') return dy.clone();
  if (!isOwn(dy)) return activationGradientByOperations(dy, output, activation);
  return run<X>(ACTIVATION_GRADIENT, { dy, output }, { activation });
}

type Padding = 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;

/**
 * A convolution with bias and activation, `tf.fused.conv2d` but for the last digits: of 3 x 3 filters also narrow layers
 * run on Winograd's products, three times as fast, which is left to training because near a tie rounding decides a
 * maximum, and with it an explanation (`fast-convolution/choose-kernel.ts`).
 * @param x [n, h, w, c_in]
 * @param filter [kh, kw, c_in, c_out]
 * @param options bias [c_out]
 */
export function trainingConvolution(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  strides: number | [number, number],
  pad: Padding,
  { bias, activation = 'linear' }: { bias?: tf.Tensor1D; activation?: Activation } = {},
): tf.Tensor4D {
  if (!isOwn(x)) return tf.fused.conv2d({ x, filter, strides, pad, bias, activation });
  return run<tf.Tensor4D>(TRAINING_CONVOLUTION, bias ? { x, filter, bias } : { x, filter }, {
    strides: pair(strides),
    pad,
    dilations: [1, 1],
    dataFormat: 'NHWC',
    activation,
    leakyreluAlpha: 0,
  });
}

const pair = (strides: number | [number, number]): [number, number] =>
  typeof strides === 'number' ? [strides, strides] : strides;

/**
 * Gradient of a convolution towards its filter.
 * @param x [n, h, w, c_in], its input
 * @param dy [n, oh, ow, c_out], gradient of its output
 * @param filterShape [kh, kw, c_in, c_out]
 */
export function convolutionFilterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  filterShape: [number, number, number, number],
  strides: number | [number, number],
  pad: Padding,
): tf.Tensor4D {
  return run<tf.Tensor4D>(
    tf.Conv2DBackpropFilter,
    { x, dy },
    {
      filterShape,
      strides: pair(strides),
      pad,
      dataFormat: 'NHWC',
    },
  );
}

export interface AdamOptions {
  /** Learning rate. */
  rate: number;
  /** Number of this step, from 1. */
  step: number;
  beta1?: number;
  beta2?: number;
  epsilon?: number;
  /** Weight decay apart from the moments (Loshchilov and Hutter 2019): the rate times this is taken off a weight. */
  decay?: number;
}

/** One step of Adam (Kingma and Ba 2015) for one weight tensor. */
export function adamStep<X extends tf.Tensor>(
  { value, first, second }: AdamState<X>,
  gradient: X,
  { rate, step, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, decay = 0 }: AdamOptions,
): AdamState<X> {
  const attributes: AdamAttributes = { rate, step, beta1, beta2, epsilon, decay };
  if (!isOwn(value)) return adamStepByOperations({ value, first, second }, gradient, attributes);
  const results = run<[X, X, X]>(ADAM_STEP, { value, gradient, first, second }, attributes);
  return { value: results[0], first: results[1], second: results[2] };
}

export interface DescentOptions {
  /** Learning rate. */
  rate: number;
  momentum?: number;
  /** Weight decay: the rate times this is taken off a weight, apart from the velocity. */
  decay?: number;
}

/** One step of gradient descent for one weight tensor: `velocity = momentum * velocity + gradient`, `value -= rate * velocity`. */
export function descentStep<X extends tf.Tensor>(
  { value, velocity }: DescentState<X>,
  gradient: X,
  { rate, momentum = 0, decay = 0 }: DescentOptions,
): DescentState<X> {
  const attributes: DescentAttributes = { rate, momentum, decay };
  if (!isOwn(value)) return descentStepByOperations({ value, velocity }, gradient, attributes);
  const results = run<[X, X]>(DESCENT_STEP, { value, gradient, velocity }, attributes);
  return { value: results[0], velocity: results[1] };
}
