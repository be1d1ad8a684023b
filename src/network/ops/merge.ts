import * as tf from '@tensorflow/tfjs-core';
import { alignRank, broadcastShape, sumToShape } from './broadcast';
import { MisfitError, type Operation, readsNothing, type Shape } from './operation';

/** Elementwise, with broadcasting; two inputs or more (subtract, divide, comparisons, which yield 0 or 1, and the angle of the point (x, y), read as y and x: exactly two). */
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
    | 'equal'
    | 'angle';
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
  const summed = (parts: tf.Tensor[], inputs: tf.Tensor[]) =>
    parts.map((part, i) => sumToShape(part, inputs[i].shape));
  const backward: Operation['backward'] = (dy, inputs, output) =>
    tf.tidy(() => summed(pull(by, dy, align(inputs), output), inputs));
  if (by === 'subtract' || by === 'average') return { forward, backward };
  if (by === 'less' || by === 'less-equal' || by === 'equal') {
    return {
      ...{ forward, backward },
      push: (_, __, output) => tf.zerosLike(output),
      biases: (_, output) => [output.clone()],
    };
  }
  const push: Operation['push'] = (tangents, inputs, output) =>
    tf.tidy(() => directional(by, align(tangents), align(inputs), output));
  if (by === 'maximum' || by === 'minimum') return { forward, backward, push };
  if (by === 'angle') {
    const bend: Operation['bend'] = (dy, { inputs, tangents }) =>
      tf.tidy(() => summed(turnedBend(dy, align(inputs), align(tangents)), inputs));
    // It hangs on the direction alone, and not on the length.
    return { ...{ forward, backward, push, bend }, biases: (_, output) => [output.clone()] };
  }
  return {
    ...{ forward, backward, push },
    bend: (dy, { inputs, tangents, output, tangent }) =>
      tf.tidy(() => summed(bent(by, dy, align(inputs), align(tangents), output, tangent), inputs)),
    // A product of n grows n times as fast as its inputs, a quotient not at all.
    biases: (inputs, output) => [tf.mul(output, by === 'multiply' ? 1 - inputs.length : 1)],
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
    case 'angle':
      return fold(tf.atan2);
  }
}

/** Slopes of the angle of (x, y) towards y and x: x / r^2 and -y / r^2. */
function slopesOfAngle([y, x]: tf.Tensor[]): tf.Tensor[] {
  const square = tf.add(tf.mul(x, x), tf.mul(y, y));
  return [tf.div(x, square), tf.neg(tf.div(y, square))];
}

/** How they change along the tangents, times dy: by -2 x y / r^4 and (y^2 - x^2) / r^4. */
function turnedBend(dy: tf.Tensor, inputs: tf.Tensor[], [ty, tx]: tf.Tensor[]): tf.Tensor[] {
  const [toY, toX] = slopesOfAngle(inputs);
  const twice = tf.mul(2, tf.mul(toY, toX));
  const crossed = tf.sub(tf.mul(toX, toX), tf.mul(toY, toY));
  return [
    tf.mul(dy, tf.add(tf.mul(twice, ty), tf.mul(crossed, tx))),
    tf.mul(dy, tf.sub(tf.mul(crossed, ty), tf.mul(twice, tx))),
  ];
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
    case 'angle':
      return slopesOfAngle(inputs).map((slope) => tf.mul(dy, slope));
    case 'maximum':
    case 'minimum':
      return chosen(inputs, output).map((mine) => tf.mul(dy, mine));
  }
}

/** For each input 1 where it is the output, else 0; a tie goes to the first, as a max-pooling window gives it to its first place. */
function chosen(inputs: tf.Tensor[], output: tf.Tensor): tf.Tensor[] {
  let open: tf.Tensor = tf.onesLike(output);
  return inputs.map((x) => {
    const mine = tf.mul(open, tf.cast(tf.equal(x, output), 'float32'));
    open = tf.sub(open, mine);
    return mine;
  });
}

/** The product of all but some. */
const productWithout = (inputs: tf.Tensor[], without: readonly number[], first: tf.Tensor) =>
  inputs.reduce((product, x, k) => (without.includes(k) ? product : tf.mul(product, x)), first);

const sumOf = (parts: tf.Tensor[]) => parts.reduce((a, b) => tf.add(a, b));

function directional(
  by: 'multiply' | 'divide' | 'maximum' | 'minimum' | 'angle',
  tangents: tf.Tensor[],
  inputs: tf.Tensor[],
  output: tf.Tensor,
): tf.Tensor {
  switch (by) {
    case 'multiply':
      return sumOf(tangents.map((v, i) => productWithout(inputs, [i], v)));
    case 'divide':
      return tf.div(tf.sub(tangents[0], tf.mul(output, tangents[1])), inputs[1]);
    case 'angle':
      return sumOf(slopesOfAngle(inputs).map((slope, i) => tf.mul(slope, tangents[i])));
    case 'maximum':
    case 'minimum':
      return sumOf(chosen(inputs, output).map((mine, i) => tf.mul(mine, tangents[i])));
  }
}

/** How `pull` of a product or a quotient changes along the tangents. */
function bent(
  by: 'multiply' | 'divide',
  dy: tf.Tensor,
  inputs: tf.Tensor[],
  tangents: tf.Tensor[],
  output: tf.Tensor,
  tangent: tf.Tensor,
): tf.Tensor[] {
  if (by === 'multiply') {
    return inputs.map((_, i) =>
      sumOf(tangents.flatMap((v, k) => (k === i ? [] : [productWithout(inputs, [i, k], tf.mul(dy, v))]))),
    );
  }
  const [part, grown] = [tf.div(dy, inputs[1]), tf.div(tangents[1], inputs[1])];
  const first = tf.neg(tf.mul(part, grown));
  return [first, tf.neg(tf.add(tf.mul(first, output), tf.mul(part, tangent)))];
}
