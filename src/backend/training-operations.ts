import * as tf from '@tensorflow/tfjs-core';
import type { Activation } from './fast-convolution/geometry';
import type { NormalisationAttributes } from './kernels/normalisation-kernels';
import type { AdamAttributes, DescentAttributes } from './kernels/update-kernels';
import type { AdamState, DescentState, NormalisationGradient, Normalised } from './training-states';

/** The functions of `training-kernels.ts` in operations of TensorFlow.js, for backends without kernels of our own. */

const outerAxes = ({ rank }: tf.Tensor) => Array.from({ length: rank - 1 }, (_, axis) => axis);

const activations: Record<Activation, <X extends tf.Tensor>(x: X) => X> = {
  linear: (x) => x,
  relu: (x) => tf.relu(x),
  relu6: (x) => tf.relu6(x),
};

export function batchNormTrainingByOperations<X extends tf.Tensor>(
  x: X,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  { epsilon, activation }: NormalisationAttributes,
): Normalised<X> {
  return tf.tidy(() => {
    const { mean, variance } = tf.moments(x, outerAxes(x)) as { mean: tf.Tensor1D; variance: tf.Tensor1D };
    const normalised = tf.batchNorm(x, mean, variance, offset, scale, epsilon) as X;
    return { output: activations[activation](normalised), mean, variance };
  });
}

export function batchNormTrainingGradientByOperations<X extends tf.Tensor>(
  inputs: {
    dy: X;
    x: X;
    mean: tf.Tensor1D;
    variance: tf.Tensor1D;
    scale: tf.Tensor1D;
    offset?: tf.Tensor1D;
  },
  { epsilon, activation }: NormalisationAttributes,
): NormalisationGradient<X> {
  const { x, mean, variance, scale, offset } = inputs;
  return tf.tidy(() => {
    const axes = outerAxes(x);
    const count = x.size / mean.size;
    const root = tf.rsqrt(tf.add(variance, epsilon));
    const standard = tf.mul(tf.sub(x, mean), root);
    let dy: tf.Tensor = inputs.dy;
    if (activation !== 'linear' && offset) {
      const output = activations[activation](tf.add(tf.mul(standard, scale), offset));
      dy = activationGradientByOperations(dy, output, activation);
    }
    const dOffset = tf.sum(dy, axes) as tf.Tensor1D;
    const dScale = tf.sum(tf.mul(dy, standard), axes) as tf.Tensor1D;
    const spread = tf.add(dOffset, tf.mul(standard, dScale));
    const dx = tf.mul(tf.sub(dy, tf.div(spread, count)), tf.mul(root, scale)) as X;
    return { dx, dScale, dOffset };
  });
}

export function activationGradientByOperations<X extends tf.Tensor>(
  dy: X,
  output: X,
  activation: Activation,
): X {
  return tf.tidy(() => {
    const positive = tf.greater(output, 0);
    const open = activation === 'relu6' ? tf.logicalAnd(positive, tf.less(output, 6)) : positive;
    return tf.where(open, dy, tf.zerosLike(dy)) as X;
  });
}

export function adamStepByOperations<X extends tf.Tensor>(
  state: AdamState<X>,
  gradient: X,
  { rate, step, beta1, beta2, epsilon, decay }: AdamAttributes,
): AdamState<X> {
  return tf.tidy(() => {
    const first = tf.add(tf.mul(state.first, beta1), tf.mul(gradient, 1 - beta1)) as X;
    const second = tf.add(tf.mul(state.second, beta2), tf.mul(tf.square(gradient), 1 - beta2)) as X;
    const root = tf.add(tf.sqrt(tf.div(second, 1 - beta2 ** step)), epsilon);
    const change = tf.div(tf.mul(first, rate / (1 - beta1 ** step)), root);
    const value = tf.sub(tf.mul(state.value, 1 - rate * decay), change) as X;
    return { value, first, second };
  });
}

export function descentStepByOperations<X extends tf.Tensor>(
  state: DescentState<X>,
  gradient: X,
  { rate, momentum, decay }: DescentAttributes,
): DescentState<X> {
  return tf.tidy(() => {
    const velocity = tf.add(tf.mul(state.velocity, momentum), gradient) as X;
    const value = tf.sub(tf.mul(state.value, 1 - rate * decay), tf.mul(velocity, rate)) as X;
    return { value, velocity };
  });
}
