import * as tf from '@tensorflow/tfjs-core';
import { type Operation, type Shape, type Shaped, sizeOf } from '../operation';
import { alongSteps, projection, recurrentOperation, recurrentShape } from './along-steps';

/**
 * Gated recurrent units along the last axis but one, in one direction: [..., steps, c] to [..., steps, h], from a state of zeros (Cho et al. 2014).
 * Gates lie in the order of ONNX and Keras: update, reset, candidate. Source: ONNX operators, GRU.
 */
export interface GruSpec<W> {
  readonly type: 'gru';
  /** [c, 3 h] */
  readonly kernel: W;
  /** [h, 3 h] */
  readonly recurrent: W;
  /** [3 h], added to what the input gives the gates. */
  readonly bias: W | null;
  /** [3 h], added to what the state gives them. */
  readonly recurrentBias: W | null;
  /** From the last step to the first. */
  readonly backwards: boolean;
  /** Whether the state is reset behind its matrix (as PyTorch and cuDNN do) or before. */
  readonly resetsBehind: boolean;
}

export const gruShape = (spec: GruSpec<Shaped>, [input]: readonly Shape[]): Shape =>
  recurrentShape(spec, [spec.bias, spec.recurrentBias], input, 3);

/** What one step leaves for the way back; all [sequences, h]. */
interface Step {
  readonly update: tf.Tensor;
  readonly reset: tf.Tensor;
  readonly candidate: tf.Tensor;
  /** What the candidate takes of the state before it is reset, where that lies behind the matrix. */
  readonly taken: tf.Tensor | null;
  /** The state before the step. */
  readonly before: tf.Tensor;
  /** What the step yields. */
  readonly state: tf.Tensor;
}

export function gru(spec: GruSpec<tf.Tensor>): Operation {
  const { kernel, bias, recurrentBias, resetsBehind } = spec;
  const recurrent = spec.recurrent as tf.Tensor2D;
  const [size] = recurrent.shape;
  const { stepsOf } = alongSteps(spec.backwards);
  const columns = (matrix: tf.Tensor2D, from: number, count: number) =>
    tf.slice(matrix, [0, from * size], [-1, count * size]);
  const offset = (from: number, count: number) =>
    recurrentBias ? tf.slice(recurrentBias, [from * size], [count * size]) : tf.scalar(0);

  const run = (x: tf.Tensor): Step[] => {
    const ofGates = columns(recurrent, 0, 2);
    const ofCandidate = columns(recurrent, 2, 1);
    const [forGates, forCandidate] = [offset(0, 2), offset(2, 1)];
    let state: tf.Tensor2D = tf.zeros([sizeOf(x.shape.slice(0, -2)), size]);
    return stepsOf(projection(x, kernel as tf.Tensor2D, bias)).map((given) => {
      const before = state;
      const opened = tf.add(columns(given, 0, 2), tf.add(tf.matMul(before, ofGates), forGates));
      const [update, reset] = tf.split(tf.sigmoid(opened), 2, 1) as tf.Tensor2D[];
      const read = resetsBehind ? before : tf.mul(reset, before);
      const taken: tf.Tensor2D = tf.add(tf.matMul(read as tf.Tensor2D, ofCandidate), forCandidate);
      const candidate = tf.tanh(tf.add(columns(given, 2, 1), resetsBehind ? tf.mul(reset, taken) : taken));
      state = tf.add(candidate, tf.mul(update, tf.sub(before, candidate)));
      return { update, reset, candidate, taken: resetsBehind ? taken : null, before, state };
    });
  };

  /** Towards what was added up for the gates of each step, [sequences, 3 h]. */
  const pulled = (steps: readonly Step[], dys: readonly tf.Tensor[]): tf.Tensor2D[] => {
    const slope = (gate: tf.Tensor) => tf.mul(gate, tf.sub(1, gate));
    const back = (gradient: tf.Tensor, from: number, count: number) =>
      tf.matMul(gradient as tf.Tensor2D, columns(recurrent, from, count), false, true);
    let later: tf.Tensor | null = null;
    const result: tf.Tensor2D[] = [];
    for (let t = steps.length - 1; t >= 0; t--) {
      const { update, reset, candidate, taken, before } = steps[t];
      const dy: tf.Tensor = later ? tf.add(dys[t], later) : dys[t];
      const toUpdate = tf.mul(tf.mul(dy, tf.sub(before, candidate)), slope(update));
      const toCandidate = tf.mul(tf.mul(dy, tf.sub(1, update)), tf.sub(1, tf.square(candidate)));
      // Towards the state, or towards the state that was reset.
      const toRead = back(taken ? tf.mul(toCandidate, reset) : toCandidate, 2, 1);
      const toReset = tf.mul(taken ? tf.mul(toCandidate, taken) : tf.mul(toRead, before), slope(reset));
      const toGates = tf.concat([toUpdate, toReset], 1);
      later = tf.addN([tf.mul(dy, update), taken ? toRead : tf.mul(toRead, reset), back(toGates, 0, 2)]);
      result[t] = tf.concat([toGates, toCandidate], 1) as tf.Tensor2D;
    }
    return result;
  };

  return recurrentOperation(spec, run, pulled);
}
