import * as tf from '@tensorflow/tfjs-core';
import { MisfitError, type Operation, readsInputs, type Shape, type Shaped, sizeOf } from '../operation';

/**
 * Shape of what recurrent units yield, [..., steps, c] to [..., steps, h].
 * @param count gates of a unit
 * @throws MisfitError where the weights fit neither each other nor the input
 */
export function recurrentShape(
  { kernel, recurrent }: { kernel: Shaped; recurrent: Shaped },
  biases: readonly (Shaped | null)[],
  input: Shape,
  count: number,
): Shape {
  const [size, gates] = recurrent.shape;
  const fits =
    gates === count * size &&
    kernel.shape.join() === [input.at(-1), gates].join() &&
    biases.every((each) => !each || each.shape.join() === String(gates));
  if (input.length < 2 || !fits) {
    throw new MisfitError(
      `has weights of shapes [${kernel.shape}] and [${recurrent.shape}], which do not fit its input [${input}]`,
    );
  }
  return [...input.slice(0, -1), size];
}

/**
 * Recurrent units as an operation.
 * @param run what each step of the input leaves, its state with it
 * @param pulled from these and the gradients of the states, what is pulled of what was added up for the gates, [sequences, gates]
 */
export function recurrentOperation<Step extends { readonly state: tf.Tensor }>(
  { kernel, recurrent, backwards }: { kernel: tf.Tensor; recurrent: tf.Tensor; backwards: boolean },
  run: (x: tf.Tensor) => Step[],
  pulled: (steps: readonly Step[], dys: readonly tf.Tensor[]) => tf.Tensor2D[],
): Operation {
  const [size, gates] = recurrent.shape;
  const { stepsOf, joined } = alongSteps(backwards);
  return {
    isOpaque: true,
    forward: ([x]) =>
      tf.tidy(() =>
        joined(
          run(x).map(({ state }) => state),
          [...x.shape.slice(0, -1), size],
        ),
      ),
    backwardReads: readsInputs,
    backward: (dy, [x]) =>
      tf.tidy(() => {
        const towards = joined(pulled(run(x), stepsOf(dy)), [sizeOf(x.shape.slice(0, -1)), gates]);
        return [tf.reshape(tf.matMul(towards as tf.Tensor2D, kernel as tf.Tensor2D, false, true), x.shape)];
      }),
  };
}

/** Sequences taken apart into their steps and put together again, in the order in which the steps are taken. */
export const alongSteps = (backwards: boolean) => ({
  /** A tensor [..., steps, n] as one of each step, [sequences, n]. */
  stepsOf(x: tf.Tensor): tf.Tensor2D[] {
    const [steps, numbers] = x.shape.slice(-2);
    const turned = tf.transpose(tf.reshape(x, [-1, steps, numbers]), [1, 0, 2]);
    const parts = tf.unstack(turned) as tf.Tensor2D[];
    return backwards ? parts.reverse() : parts;
  },

  /** The other way round. */
  joined(parts: readonly tf.Tensor[], shape: readonly number[]): tf.Tensor {
    const ordered = backwards ? parts.toReversed() : [...parts];
    return tf.reshape(tf.transpose(tf.stack(ordered), [1, 0, 2]), [...shape]);
  },
});

/** What all steps' inputs add to the gates, [..., steps, c] to [..., steps, gates]. */
export function projection(x: tf.Tensor, kernel: tf.Tensor2D, bias: tf.Tensor | null): tf.Tensor {
  const product = tf.matMul(tf.reshape(x, [-1, x.shape[x.rank - 1]]) as tf.Tensor2D, kernel);
  return tf.reshape(bias ? tf.add(product, bias) : product, [...x.shape.slice(0, -1), kernel.shape[1]]);
}
