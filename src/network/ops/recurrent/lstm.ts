import * as tf from '@tensorflow/tfjs-core';
import { type Operation, type Shape, type Shaped, sizeOf } from '../operation';
import { alongSteps, projection, recurrentOperation, recurrentShape } from './along-steps';

/**
 * Long short-term memory along the last axis but one, in one direction: [..., steps, c] to [..., steps, h], from a state of zeros (Hochreiter
 * and Schmidhuber 1997; forget gate: Gers et al. 2000). Gates lie in the order of ONNX: input, output, forget, cell. Source: ONNX operators, LSTM.
 */
export interface LstmSpec<W> {
  readonly type: 'lstm';
  /** [c, 4 h] */
  readonly kernel: W;
  /** [h, 4 h] */
  readonly recurrent: W;
  /** [4 h] */
  readonly bias: W | null;
  /** From the last step to the first. */
  readonly backwards: boolean;
}

export const lstmShape = (spec: LstmSpec<Shaped>, [input]: readonly Shape[]): Shape =>
  recurrentShape(spec, [spec.bias], input, 4);

/** What one step leaves for the way back; all [sequences, h]. */
interface Step {
  readonly input: tf.Tensor;
  readonly output: tf.Tensor;
  readonly forget: tf.Tensor;
  readonly cell: tf.Tensor;
  /** The memory before the step, and the tangent of that after it. */
  readonly before: tf.Tensor;
  readonly bent: tf.Tensor;
  /** What the step yields. */
  readonly state: tf.Tensor;
}

export function lstm({ kernel, recurrent, bias, backwards }: LstmSpec<tf.Tensor>): Operation {
  const matrix = recurrent as tf.Tensor2D;
  const [size] = matrix.shape;

  const { stepsOf } = alongSteps(backwards);

  const run = (x: tf.Tensor): Step[] => {
    const projected = projection(x, kernel as tf.Tensor2D, bias);
    const sequences = sizeOf(x.shape.slice(0, -2));
    let [memory, state]: tf.Tensor2D[] = [tf.zeros([sequences, size]), tf.zeros([sequences, size])];
    return stepsOf(projected).map((given) => {
      const [i, o, f, c] = tf.split(tf.add(given, tf.matMul(state, matrix)), 4, 1);
      const [input, output, forget, cell] = [tf.sigmoid(i), tf.sigmoid(o), tf.sigmoid(f), tf.tanh(c)];
      const before = memory;
      memory = tf.add(tf.mul(forget, before), tf.mul(input, cell));
      const bent = tf.tanh(memory);
      state = tf.mul(output, bent);
      return { input, output, forget, cell, before, bent, state };
    });
  };

  /** Towards what was added up for the gates of each step, [sequences, 4 h]. */
  const pulled = (steps: readonly Step[], dys: readonly tf.Tensor[]): tf.Tensor2D[] => {
    const slope = (gate: tf.Tensor) => tf.mul(gate, tf.sub(1, gate));
    let later: { state: tf.Tensor; memory: tf.Tensor } | null = null;
    const result: tf.Tensor2D[] = [];
    for (let t = steps.length - 1; t >= 0; t--) {
      const { input, output, forget, cell, before, bent } = steps[t];
      const state: tf.Tensor = later ? tf.add(dys[t], later.state) : dys[t];
      const own = tf.mul(tf.mul(state, output), tf.sub(1, tf.square(bent)));
      const memory: tf.Tensor = later ? tf.add(own, later.memory) : own;
      const towards = tf.concat(
        [
          tf.mul(tf.mul(memory, cell), slope(input)),
          tf.mul(tf.mul(state, bent), slope(output)),
          tf.mul(tf.mul(memory, before), slope(forget)),
          tf.mul(tf.mul(memory, input), tf.sub(1, tf.square(cell))),
        ],
        1,
      ) as tf.Tensor2D;
      later = { state: tf.matMul(towards, matrix, false, true), memory: tf.mul(memory, forget) };
      result[t] = towards;
    }
    return result;
  };

  return recurrentOperation({ kernel, recurrent, backwards }, run, pulled);
}
