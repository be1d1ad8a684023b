import type { Activation as Elementwise } from '../../ops/activation';
import type { ReduceSpec } from '../../ops/reduce';
import type { Activation, Call } from '../onnx-importer';
import { paddingOf, pairOf } from './convolution-operators';
import type { Operator, Operators } from './operator';

const pool =
  (by: 'maximum' | 'average'): Operator =>
  (call) => {
    if (call.peek(0)?.shape.length === 3 && by === 'average') return pooledLine(call);
    const input = call.channelsLast(0);
    const size = pairOf(call, 'kernel_shape');
    const strides = pairOf(call, 'strides');
    const dilations = pairOf(call, 'dilations');
    if (Math.max(...dilations) > 1) throw call.problem('is dilated, which is not supported');
    const [, , height, width] = input.shape;
    return call.emit(
      {
        type: 'pooling',
        by,
        size,
        strides,
        padding: paddingOf(call, size, strides, dilations, [height, width]),
        countPadding: call.int('count_include_pad', 0) !== 0,
        ceil: call.int('ceil_mode', 0) !== 0,
      },
      [input],
    );
  };

/** The mean of neighbours on a line, one behind the other: parts of keys that attention takes together. */
function pooledLine(call: Call): Activation {
  const input = call.activation(0);
  const [pictures, channels, length] = input.shape;
  const [size = 1] = call.ints('kernel_shape') ?? [];
  const [stride = 1] = call.ints('strides') ?? [];
  if (size !== stride || length % size !== 0) {
    throw call.problem(
      `takes means of ${size} in steps of ${stride} on a line of ${length}, which is not supported`,
    );
  }
  call.passOver('count_include_pad', 'ceil_mode');
  const parts = call.reshaped(input, [pictures, channels, length / size, size]);
  return reduced(call, parts, { by: 'mean' }, [3], false);
}

function reduced(
  call: Call,
  input: Activation,
  by: Pick<ReduceSpec, 'by' | 'ties'>,
  axes: number[],
  keep: boolean,
  name = call.name,
): Activation {
  const { order } = input;
  const lie = axes.flatMap((axis) => (order.includes(axis) ? [order.indexOf(axis)] : []));
  const left = order.filter((axis) => !axes.includes(axis));
  // The axes behind one that is gone are counted anew.
  const counted = left.map((axis) => axis - axes.filter((gone) => gone < axis).length);
  const result = call.emit({ type: 'reduce', ...by, axes: lie, keep }, [input], keep ? order : counted, name);
  // A first axis of size 1 that nobody lists is gone with the others, or has become another.
  const shape = input.shape.flatMap((size, axis) => (axes.includes(axis) ? (keep ? [1] : []) : [size]));
  return { ...result, shape };
}

const globalPool =
  (by: 'maximum' | 'mean'): Operator =>
  (call) => {
    const input = call.activation(0);
    if (input.shape.length < 3) throw call.problem(`reads [${input.shape}], which has no places`);
    return reduced(
      call,
      input,
      by === 'maximum' ? { by, ties: 'first' } : { by },
      input.shape.flatMap((_, axis) => (axis < 2 ? [] : [axis])),
      true,
    );
  };

/** Some axes of a value at once. @param between what is done to every number before and after */
const reduce =
  (by: ReduceSpec['by'], between: { before?: Step[]; after?: Step[] } = {}): Operator =>
  (call) => {
    const input = call.activation(0);
    const given = call.numbers('axes', 1);
    const { before = [], after = [] } = between;
    if (!given && call.int('noop_with_empty_axes', 0) !== 0 && before.length === 0) return input;
    const rank = input.shape.length;
    const axes = given ? given.map((axis) => call.axis(axis, rank)) : input.shape.map((_, axis) => axis);
    const keep = call.int('keepdims', 1) !== 0;
    const changed = before.reduce((value, step) => stepped(call, value, step), input);
    const last = after.at(-1);
    if (!last) return reduced(call, changed, { by }, axes, keep);
    const sum: Activation = reduced(call, changed, { by }, axes, keep, `${call.name}, ${by}`);
    const almost = after.slice(0, -1).reduce((value, step) => stepped(call, value, step), sum);
    return call.emit({ type: 'activation', activation: last }, [almost]);
  };

type Step = Elementwise<never>;

const stepped = (call: Call, value: Activation, step: Step) =>
  call.emit({ type: 'activation', activation: step }, [value], value.order, `${call.name}, ${step.name}`);

const square: Step = { name: 'square' };
const negate: Step = { name: 'negate' };
/** A length of nothing has no gradient; it is kept from being divided by. */
const aboveNothing: Step = { name: 'clip', minimum: 1e-24, maximum: 3e38 };

export const pools: Operators = {
  MaxPool: pool('maximum'),
  AveragePool: pool('average'),
  GlobalAveragePool: globalPool('mean'),
  GlobalMaxPool: globalPool('maximum'),
  ReduceMean: reduce('mean'),
  ReduceSum: reduce('sum'),
  ReduceMax: reduce('maximum'),
  ReduceMin: reduce('maximum', { before: [negate], after: [negate] }),
  ReduceL1: reduce('sum', { before: [{ name: 'abs' }] }),
  ReduceSumSquare: reduce('sum', { before: [square] }),
  ReduceL2: reduce('sum', { before: [square], after: [aboveNothing, { name: 'sqrt' }] }),
};
