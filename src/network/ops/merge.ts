import * as tf from '@tensorflow/tfjs-core';
import { alignRank, broadcastShape, sumToShape } from './broadcast';
import { MisfitError, type Operation, readsNothing, type Shape } from './operation';

/** Elementwise, with broadcasting; two inputs or more (subtract, divide and comparisons, which yield 0 or 1: exactly two). */
export interface MergeSpec {
  readonly type: 'merge';
  readonly by:
    | 'add'
    | 'subtract'
    | 'multiply'
    | 'divide'
    | 'maximum'
    | 'minimum'
    | 'average'
    | 'less'
    | 'less-equal'
    | 'equal';
}

const manyInputs = new Set<MergeSpec['by']>(['add', 'multiply', 'maximum', 'minimum', 'average']);

export function mergeShape({ by }: MergeSpec, inputs: readonly Shape[]): Shape {
  if (inputs.length < 2 || (!manyInputs.has(by) && inputs.length !== 2)) {
    throw new MisfitError(
      `cannot ${by} ${inputs.length === 1 ? 'a single input' : `${inputs.length} inputs`}`,
    );
  }
  return broadcastShape(inputs);
}

export function merge({ by }: MergeSpec): Operation {
  const forward = (inputs: tf.Tensor[]) => tf.tidy(() => combine(by, align(inputs)));
  if (by === 'add') {
    return {
      forward,
      backwardReads: readsNothing,
      backward: (dy, inputs) => tf.tidy(() => inputs.map(({ shape }) => sumToShape(dy, shape))),
    };
  }
  return {
    forward,
    backward: (dy, inputs, output) =>
      tf.tidy(() => pull(by, dy, align(inputs), output).map((part, i) => sumToShape(part, inputs[i].shape))),
  };
}

function align(inputs: tf.Tensor[]): tf.Tensor[] {
  const rank = Math.max(...inputs.map((input) => input.rank));
  return inputs.map((input) => alignRank(input, rank));
}

function combine(by: MergeSpec['by'], inputs: tf.Tensor[]): tf.Tensor {
  const fold = (f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor) => inputs.reduce((a, b) => f(a, b));
  switch (by) {
    case 'add':
      return fold(tf.add);
    case 'subtract':
      return fold(tf.sub);
    case 'multiply':
      return fold(tf.mul);
    case 'divide':
      return fold(tf.div);
    case 'maximum':
      return fold(tf.maximum);
    case 'minimum':
      return fold(tf.minimum);
    case 'average':
      return tf.div(fold(tf.add), inputs.length);
    case 'less':
      return tf.cast(fold(tf.less), 'float32');
    case 'less-equal':
      return tf.cast(fold(tf.lessEqual), 'float32');
    case 'equal':
      return tf.cast(fold(tf.equal), 'float32');
  }
}

/** Gradients of the output's shape, before they are summed over what was repeated. */
function pull(
  by: Exclude<MergeSpec['by'], 'add'>,
  dy: tf.Tensor,
  inputs: tf.Tensor[],
  output: tf.Tensor,
): tf.Tensor[] {
  switch (by) {
    case 'subtract':
      return [dy, tf.neg(dy)];
    case 'multiply':
      return inputs.map((_, i) =>
        inputs.reduce((product, x, k) => (k === i ? product : tf.mul(product, x)), dy),
      );
    case 'divide': {
      const part = tf.div(dy, inputs[1]);
      return [part, tf.neg(tf.mul(part, output))];
    }
    case 'average':
      return inputs.map(() => tf.div(dy, inputs.length));
    case 'less':
    case 'less-equal':
    case 'equal':
      return inputs.map(() => tf.zerosLike(dy));
    case 'maximum':
    case 'minimum': {
      // A tie goes to the first of those that tie, as a max-pooling window gives it to its first place.
      let open: tf.Tensor = tf.onesLike(dy);
      return inputs.map((x) => {
        const mine = tf.mul(open, tf.cast(tf.equal(x, output), 'float32'));
        open = tf.sub(open, mine);
        return tf.mul(dy, mine);
      });
    }
  }
}
