import * as tf from '@tensorflow/tfjs-core';
import { messageOf } from '../text/message-of';
import knownNumbers from './fixtures/known-numbers.json';
import './gradients/gradients';
import { numbers } from './self-test-numbers';
import { selfTestOperations } from './self-test-operations';

/** One operation as PyTorch computes it in float64: see `fixtures/known-numbers.py`. */
interface Known {
  /** Shapes; the numbers in them are made by `numbers`. */
  inputs: number[][];
  /** In {@link unit}s, as the gradients. */
  output: number[];
  /** Towards each input; none where TensorFlow.js has no gradient. */
  gradients: number[][];
}

/** What known numbers are whole multiples of. */
const unit = 1e-5;

/** Error that is let pass, in parts of the largest number of a tensor, or of 1 where that is larger. */
const tolerance = 3e-4;

/**
 * Computes every kind of operation that networks and saliency use, forward and backward, on the current
 * backend, and compares with known numbers. All results are read at once, so that a GPU is waited for only once.
 * @param goesOn called between the operations
 * @returns what is wrong, in words, or null
 */
export async function selfTest(goesOn = () => {}): Promise<string | null> {
  const expected: { what: string; numbers: number[] }[] = [];
  const computed: tf.Tensor[] = [];
  try {
    for (const [name, { inputs, output, gradients }] of Object.entries(
      knownNumbers as Record<string, Known>,
    )) {
      expected.push({ what: name, numbers: inUnits(output) });
      gradients.forEach((numbers, i) => {
        expected.push({ what: `${name}, gradient of input ${i + 1}`, numbers: inUnits(numbers) });
      });
      goesOn();
      try {
        computed.push(...compute(name, inputs, gradients.length > 0));
      } catch (error) {
        return `${name}: ${messageOf(error)}`;
      }
    }
    const all = tf.tidy(() => tf.concat(computed.map((tensor) => tf.reshape(tensor, [tensor.size]))));
    const values = await all.data();
    all.dispose();
    return firstMistake(values as Float32Array, expected);
  } finally {
    tf.dispose(computed);
  }
}

const inUnits = (whole: readonly number[]) => whole.map((number) => number * unit);

/** Output of an operation and, where it has them, the gradients towards each input. */
function compute(name: string, shapes: number[][], differentiable: boolean): tf.Tensor[] {
  const operation = selfTestOperations[name];
  return tf.tidy(() => {
    const inputs = shapes.map((shape, seed) => numbers(shape, seed + 1));
    const output = operation(...inputs);
    if (!differentiable) return [output];
    const gradients = tf.grads((...xs: tf.Tensor[]) => operation(...xs))(inputs, numbers(output.shape, 9));
    return [output, ...gradients];
  });
}

function firstMistake(values: Float32Array, expected: { what: string; numbers: number[] }[]): string | null {
  let at = 0;
  for (const { what, numbers } of expected) {
    const part = values.subarray(at, at + numbers.length);
    at += numbers.length;
    const allowed = tolerance * Math.max(1, ...numbers.map(Math.abs));
    // Written so that a NaN is a mistake, too.
    const wrong = numbers.findIndex((number, i) => !(Math.abs(part[i] - number) <= allowed));
    if (wrong < 0) continue;
    if (part.every((value) => value === 0)) return `${what}: zero everywhere`;
    return `${what}: ${part[wrong].toPrecision(4)} instead of ${numbers[wrong].toPrecision(4)}`;
  }
  return null;
}
