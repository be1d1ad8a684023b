import * as tf from '@tensorflow/tfjs-core';
import { counted } from '../../text/counted';
import { MisfitError, type Operation, type Shape, type Shaped } from './operation';
import { moving } from './tangents/normalisation-tangents';

/**
 * (x - mean) / sqrt(variance + epsilon) * scale + shift, with mean and variance over all places and the channels of a group
 * (Wu & He 2018).
 */
export interface GroupNormalisationSpec<W> {
  readonly type: 'group-normalisation';
  readonly groups: number;
  /** [c], or null for 1 */
  readonly scale: W | null;
  readonly shift: W | null;
  readonly epsilon: number;
}

export function groupNormalisationShape(
  { scale, shift, groups }: GroupNormalisationSpec<Shaped>,
  [input]: readonly Shape[],
): Shape {
  const channels = input[input.length - 1];
  if (input.length !== 3 || !Number.isInteger(groups) || groups < 1 || channels % groups !== 0) {
    throw new MisfitError(`cannot part its input [${input}] into ${counted(groups, 'group')} of channels`);
  }
  for (const weight of [scale, shift]) {
    if (weight && weight.shape.join() !== String(channels)) {
      throw new MisfitError(`has weights of shape [${weight.shape}], which do not fit its input [${input}]`);
    }
  }
  return input;
}

export function groupNormalisation(spec: GroupNormalisationSpec<tf.Tensor>): Operation {
  const { scale, shift, epsilon, groups } = spec;
  /** [batch, places, groups, channels of a group] */
  const grouped = (x: tf.Tensor) => {
    const [batch, height, width, channels] = x.shape;
    return tf.reshape(x, [batch, height * width, groups, channels / groups]);
  };
  // First over the channels of a place: one sum over all of a group would lose a digit in float32.
  const mean = (x: tf.Tensor) => tf.mean(tf.mean(x, 3, true), 1, true);
  const normalise = (x: tf.Tensor) => {
    const parted = grouped(x);
    const centred = tf.sub(parted, mean(parted));
    const inverse = tf.rsqrt(tf.add(mean(tf.square(centred)), epsilon));
    return { normalised: tf.mul(centred, inverse), inverse };
  };
  return {
    forward: ([x]) =>
      tf.tidy(() => {
        const normalised = tf.reshape(normalise(x).normalised, x.shape);
        const scaled = scale ? tf.mul(normalised, scale) : normalised;
        return shift ? tf.add(scaled, shift) : scaled;
      }),
    backward: (dy, [x]) =>
      tf.tidy(() => {
        const { normalised, inverse } = normalise(x);
        const g = grouped(scale ? tf.mul(dy, scale) : dy);
        const along = tf.mul(normalised, mean(tf.mul(g, normalised)));
        return [tf.reshape(tf.mul(inverse, tf.sub(tf.sub(g, mean(g)), along)), x.shape)];
      }),
    ...moving({ scale, mean, normalise, grouped }),
  };
}
