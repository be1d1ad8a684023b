import * as tf from '@tensorflow/tfjs-core';
import { normalisedRows, normalisedRowsGradient } from '../../backend/kernels/smooth-operations';
import { MisfitError, type Operation, readsInputs, type Shape, type Shaped } from './operation';
import { moving } from './tangents/normalisation-tangents';

/** (x - mean) / sqrt(variance + epsilon) * scale + shift, over the last `axes` axes of each place. */
export interface LayerNormalisationSpec<W> {
  readonly type: 'layer-normalisation';
  /** Shape of the last axes, or null for 1. */
  readonly scale: W | null;
  readonly shift: W | null;
  readonly epsilon: number;
  /** Number of axes from the end; 1 normalises along the channels. */
  readonly axes: number;
}

export function layerNormalisationShape(
  { scale, shift, axes }: LayerNormalisationSpec<Shaped>,
  [input]: readonly Shape[],
): Shape {
  const normalised = input.slice(input.length - axes).join();
  for (const weight of [scale, shift]) {
    if (weight && weight.shape.join() !== normalised) {
      throw new MisfitError(`has weights of shape [${weight.shape}], which do not fit its input [${input}]`);
    }
  }
  return input;
}

/** Numbers that are summed in one go: a sum in float32 loses a digit where they are many more. */
const LONGEST_SUM = 512;

/** Mean over the last axes, which stay with size 1: in two steps where there are many numbers, as pairwise sums are. */
function meanOverLast(x: tf.Tensor, axes: number[]): tf.Tensor {
  const count = axes.reduce((product, axis) => product * x.shape[axis], 1);
  let part = Math.floor(Math.sqrt(count));
  while (count % part !== 0) part--;
  if (count <= LONGEST_SUM || part === 1) return tf.mean(x, axes, true);
  const others = x.shape.slice(0, axes[0]);
  const parts = tf.mean(tf.reshape(x, [-1, count / part, part]), 2);
  return tf.reshape(tf.mean(parts, 1), [...others, ...axes.map(() => 1)]);
}

export function layerNormalisation(spec: LayerNormalisationSpec<tf.Tensor>): Operation {
  const { scale, shift, epsilon } = spec;
  const axesOf = ({ rank }: tf.Tensor) => Array.from({ length: spec.axes }, (_, i) => rank - spec.axes + i);
  const rows = (x: tf.Tensor) => ({
    length: axesOf(x).reduce((product, axis) => product * x.shape[axis], 1),
    epsilon,
  });
  const normalise = (x: tf.Tensor) => {
    const axes = axesOf(x);
    const centred = tf.sub(x, meanOverLast(x, axes));
    const inverse = tf.rsqrt(tf.add(meanOverLast(tf.square(centred), axes), epsilon));
    return { normalised: tf.mul(centred, inverse), inverse };
  };
  return {
    forward: ([x]) =>
      tf.tidy(() => {
        const own = normalisedRows(x, scale, shift, rows(x));
        if (own) return own;
        const { normalised } = normalise(x);
        const scaled = scale ? tf.mul(normalised, scale) : normalised;
        return shift ? tf.add(scaled, shift) : scaled;
      }),
    backwardReads: readsInputs,
    backward: (dy, [x]) =>
      tf.tidy(() => {
        const own = normalisedRowsGradient(dy, x, scale, rows(x));
        if (own) return [own];
        const axes = axesOf(x);
        const { normalised, inverse } = normalise(x);
        const g = scale ? tf.mul(dy, scale) : dy;
        const along = tf.mul(normalised, meanOverLast(tf.mul(g, normalised), axes));
        return [tf.mul(inverse, tf.sub(tf.sub(g, meanOverLast(g, axes)), along))];
      }),
    ...moving({ scale, mean: (x) => meanOverLast(x, axesOf(x)), normalise }),
  };
}
