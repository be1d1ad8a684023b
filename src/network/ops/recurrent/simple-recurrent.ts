import * as tf from '@tensorflow/tfjs-core';
import { type Operation, type Shape, type Shaped, sizeOf } from '../operation';
import { alongSteps, projection, recurrentOperation, recurrentShape } from './along-steps';

/**
 * Simple recurrent units along the last axis but one, in one direction: [..., steps, c] to [..., steps, h], from a state of zeros; each step yields
 * f(x kernel + state recurrent + bias), which is the next one's state (Elman 1990). Source: ONNX operators, RNN.
 */
export interface SimpleRecurrentSpec<W> {
  readonly type: 'simple-recurrent';
  /** [c, h] */
  readonly kernel: W;
  /** [h, h] */
  readonly recurrent: W;
  /** [h] */
  readonly bias: W | null;
  /** f */
  readonly bentBy: 'tanh' | 'relu';
  /** From the last step to the first. */
  readonly backwards: boolean;
}

export const simpleRecurrentShape = (spec: SimpleRecurrentSpec<Shaped>, [input]: readonly Shape[]): Shape =>
  recurrentShape(spec, [spec.bias], input, 1);

/** Both functions, and their slopes where they have yielded `state`. */
const functions = {
  tanh: {
    bent: (sum: tf.Tensor2D): tf.Tensor2D => tf.tanh(sum),
    slope: (state: tf.Tensor): tf.Tensor => tf.sub(1, tf.square(state)),
  },
  relu: {
    bent: (sum: tf.Tensor2D): tf.Tensor2D => tf.relu(sum),
    slope: (state: tf.Tensor): tf.Tensor => tf.step(state),
  },
};

/** What one step leaves for the way back. */
interface Step {
  /** What the step yields, [sequences, h]. */
  readonly state: tf.Tensor2D;
}

export function simpleRecurrent(spec: SimpleRecurrentSpec<tf.Tensor>): Operation {
  const { kernel, bias, backwards } = spec;
  const recurrent = spec.recurrent as tf.Tensor2D;
  const { bent, slope } = functions[spec.bentBy];
  const { stepsOf } = alongSteps(backwards);

  const run = (x: tf.Tensor): Step[] => {
    let state: tf.Tensor2D = tf.zeros([sizeOf(x.shape.slice(0, -2)), recurrent.shape[0]]);
    return stepsOf(projection(x, kernel as tf.Tensor2D, bias)).map((given) => {
      state = bent(tf.add(given, tf.matMul(state, recurrent)));
      return { state };
    });
  };

  /** Towards what was added up at each step, [sequences, h]. */
  const pulled = (steps: readonly Step[], dys: readonly tf.Tensor[]): tf.Tensor2D[] => {
    let later: tf.Tensor | null = null;
    const result: tf.Tensor2D[] = [];
    for (let t = steps.length - 1; t >= 0; t--) {
      const dy: tf.Tensor = later ? tf.add(dys[t], later) : dys[t];
      result[t] = tf.mul(dy, slope(steps[t].state));
      later = tf.matMul(result[t], recurrent, false, true);
    }
    return result;
  };

  return recurrentOperation(spec, run, pulled);
}
