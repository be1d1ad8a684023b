import type { Weight } from '../../network-graph';
import type { OperationSpec } from '../../ops';
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
    runs: undefined,
    readInto: undefined,
    read: () => constant.read().slice(direction * size, (direction + 1) * size),
  };
};

/** Both halves of what ONNX writes behind each other: one for the input, one for the state. */
function halvesOf(constant: Constant): readonly [Weight, Weight] {
  const whole = weightFrom(constant);
  const size = constant.shape[0] / 2;
  const half = (from: number): Weight => ({
    shape: [size],
    from: whole.from,
    read: () => whole.read().slice(from, from + size),
  });
  return [half(0), half(size)];
}

/** Their sum. */
function biasOf(constant: Constant): Weight {
  const halves = halvesOf(constant);
  return combinedWeight(halves[0].shape, halves, ([a, b]) => a + b, [0, 0]);
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

/** What one direction computes with. */
interface Direction {
  /** [c, gates h] */
  readonly kernel: Weight;
  /** [h, gates h] */
  readonly recurrent: Weight;
  /** [2 gates h], for the input and for the state. */
  readonly bias: Constant | null;
  readonly backwards: boolean;
}

/**
 * A recurrent layer in one direction or both.
 * @param read activations that one direction may have, in their order; first those it has where the file names none
 * @param specOf what one direction computes, with which of `read`
 */
const recurrentLayer =
  (
    read: readonly (readonly string[])[],
    specOf: (call: Call, direction: Direction, chosen: number) => OperationSpec<Weight>,
  ): Operator =>
  (call) => {
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
    const [usual] = read;
    const chosen = ways.map((_, way) => {
      const own = functions.length > 0 ? functions.slice(way * usual.length).slice(0, usual.length) : usual;
      return read.findIndex((each) => each.join() === own.join());
    });
    if (chosen.includes(-1)) {
      throw call.problem(`has gates of its own (${functions.join(', ')}), which is not supported`);
    }
    const isWhole = [kernels, recurrents].every(
      ({ shape }) => shape.length === 3 && shape[0] === ways.length,
    );
    if (!isWhole || ways.length === 0) {
      throw call.problem(`has weights of shapes [${kernels.shape}] and [${recurrents.shape}]`);
    }
    const lies = call.arranged(x, [1, 0, 2]);
    const matrix = (all: Constant, way: number) =>
      weightFrom(permutedConstant(ofDirection(all, way), [1, 0]));
    const found = ways.map((backwards, way) => {
      const name = ways.length > 1 ? `${call.name}, ${backwards ? 'backwards' : 'forwards'}` : call.name;
      const direction = {
        kernel: matrix(kernels, way),
        recurrent: matrix(recurrents, way),
        bias: biases && ofDirection(biases, way),
        backwards,
      };
      const spec = specOf(call, direction, chosen[way]);
      return call.emit(spec, [lies], lies.order, name);
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

/** Source: ONNX operators, LSTM. */
const lstm = recurrentLayer([['Sigmoid', 'Tanh', 'Tanh']], (_, { bias, ...direction }) => ({
  ...{ type: 'lstm', bias: bias && biasOf(bias) },
  ...direction,
}));

/** Source: ONNX operators, GRU. */
const gru = recurrentLayer([['Sigmoid', 'Tanh']], (call, { bias, ...direction }) => {
  const [own, ofState] = bias ? halvesOf(bias) : [null, null];
  const resetsBehind = call.int('linear_before_reset', 0) !== 0;
  return { type: 'gru', bias: own, recurrentBias: ofState, resetsBehind, ...direction };
});

/** Source: ONNX operators, RNN. */
const simple = recurrentLayer([['Tanh'], ['Relu']], (_, { bias, ...direction }, chosen) => ({
  ...{ type: 'simple-recurrent', bias: bias && biasOf(bias), bentBy: chosen === 0 ? 'tanh' : 'relu' },
  ...direction,
}));

export const recurrent: Operators = { GRU: gru, LSTM: lstm, RNN: simple };
