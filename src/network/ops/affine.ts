import * as tf from '@tensorflow/tfjs-core';
import { broadcastShape } from './broadcast';
import { MisfitError, type Operation, readsNothing, type Shape, type Shaped } from './operation';

/** scale * x + shift: batch normalisation in inference, rescaling, constants added or multiplied. */
export interface AffineSpec<W> {
  readonly type: 'affine';
  /** [c], or any shape that broadcasts to the input's; null for 1 */
  readonly scale: W | null;
  /** as `scale`; null for 0 */
  readonly shift: W | null;
  /** What a batch normalisation saw in training, a channel each; not needed to compute. */
  readonly statistics?: Statistics;
}

export interface Statistics {
  readonly mean: { read(): Float32Array };
  readonly variance: { read(): Float32Array };
}

export function affineShape({ scale, shift }: AffineSpec<Shaped>, [input]: readonly Shape[]): Shape {
  for (const weight of [scale, shift]) {
    // A single number goes with whatever there is, also with a single number that no axis holds.
    const isOne = weight?.shape.join() === '1';
    if (weight && !isOne && broadcastShape([input, weight.shape]).join() !== input.join()) {
      throw new MisfitError(`has weights of shape [${weight.shape}], which do not fit its input [${input}]`);
    }
  }
  return input;
}

export function affine({ scale, shift }: AffineSpec<tf.Tensor>): Operation {
  return {
    forward: ([x]) =>
      tf.tidy(() => {
        const scaled = scale ? tf.mul(x, scale) : x.clone();
        return shift ? tf.add(scaled, shift) : scaled;
      }),
    backwardReads: readsNothing,
    push: ([v]) => (scale ? tf.mul(v, scale) : v.clone()),
    ...(shift && { biases: () => [shift.clone()] }),
    backward: (dy) => [scale ? tf.mul(dy, scale) : dy.clone()],
  };
}
