import type { Weight } from '../../network-graph';
import { sizeOf } from '../../ops/operation';
import { combinedWeight } from '../../weights';
import type { Activation, Call } from '../onnx-importer';
import { type Constant, numbersOf, permutedConstant, weightFrom } from '../tensor';
import type { Operator, Operators } from './operator';
import { joinedAlong, picked, turned } from './shapes';

/** One direction of what a file holds for both, [directions, ...]. */
const ofDirection = (constant: Constant, direction: number): Constant => {
  const shape = constant.shape.slice(1);
  const size = sizeOf(shape);
  return {
    ...constant,
    shape,
    read: () => constant.read().slice(direction * size, (direction + 1) * size),
  };
};

/** The sum of both halves of what ONNX writes behind each other: one for the input, one for the state. */
function biasOf(constant: Constant): Weight {
  const whole = weightFrom(constant);
  const size = constant.shape[0] / 2;
  const half = (from: number): Weight => ({
    shape: [size],
    read: () => whole.read().slice(from, from + size),
  });
  return combinedWeight([size], [half(0), half(size)], ([a, b]) => a + b, [0, 0]);
}

const directions: Readonly<Record<string, readonly boolean[]>> = {
  forward: [false],
  reverse: [true],
  bidirectional: [false, true],
};

/** Begins with nothing, and reads every step of every sequence. */
function assertPlain(call: Call, steps: number): void {
  const lengths = call.optionalConstant(4);
  if (lengths && numbersOf(lengths).some((length) => length !== steps)) {
    throw call.problem('reads sequences of several lengths');
  }
  for (const i of [5, 6]) {
    const state = call.optionalConstant(i);
    if (state?.read().some((value) => value !== 0)) throw call.problem('begins with a state of its own');
  }
  if (
    call
      .optionalConstant(7)
      ?.read()
      .some((value) => value !== 0)
  ) {
    throw call.problem('has gates that read its memory, which is not supported');
  }
}

/** Source: ONNX operators, LSTM. */
const lstm: Operator = (call) => {
  const given = call.activation(0);
  // From [batch, steps, ...] where the file has it so.
  const isBatchFirst = call.int('layout', 0) !== 0;
  const x = isBatchFirst ? turned(call, given, [1, 0, 2]) : given;
  if (x.shape.length !== 3) throw call.problem(`reads [${x.shape}], which is no sequence`);
  const [kernels, recurrents] = [1, 2].map((i) => call.constant(i));
  const biases = call.optionalConstant(3);
  const ways = directions[call.text('direction', 'forward')] ?? [];
  const [steps, sequences] = x.shape;
  assertPlain(call, steps);
  call.passOver('hidden_size');
  const functions = call.attribute('activations')?.texts ?? [];
  if (functions.some((name, i) => name !== ['Sigmoid', 'Tanh', 'Tanh'][i % 3])) {
    throw call.problem(`has gates of its own (${functions.join(', ')}), which is not supported`);
  }
  const isWhole = [kernels, recurrents].every(({ shape }) => shape.length === 3 && shape[0] === ways.length);
  if (!isWhole || ways.length === 0) {
    throw call.problem(`has weights of shapes [${kernels.shape}] and [${recurrents.shape}]`);
  }
  const lies = call.arranged(x, [1, 0, 2]);
  const matrix = (all: Constant, way: number) => weightFrom(permutedConstant(ofDirection(all, way), [1, 0]));
  const found = ways.map((backwards, way) => {
    const name = ways.length > 1 ? `${call.name}, ${backwards ? 'backwards' : 'forwards'}` : call.name;
    return call.emit(
      {
        type: 'lstm',
        kernel: matrix(kernels, way),
        recurrent: matrix(recurrents, way),
        bias: biases && biasOf(ofDirection(biases, way)),
        backwards,
      },
      [lies],
      lies.order,
      name,
    );
  });
  const size = found[0].shape[2];
  const apart = (value: Activation) => call.reshaped(value, [steps, 1, sequences, size]);
  const all = found.length === 1 ? apart(found[0]) : joinedAlong(call, 1, found.map(apart));
  // What each direction ends with.
  const ends = call.node.outputs[1]
    ? [
        joinedAlong(
          call,
          0,
          found.map((value, way) => picked(call, value, 0, [ways[way] ? 0 : steps - 1])),
        ),
      ]
    : [];
  if (!isBatchFirst) return [all, ...ends];
  return [turned(call, all, [2, 0, 1, 3]), ...ends.map((value) => turned(call, value, [1, 0, 2]))];
};

export const recurrent: Operators = { LSTM: lstm };
