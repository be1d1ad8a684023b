import { counted } from '../../../text/counted';
import { sizeOf } from '../../ops/operation';
import type { Activation, Call, Value } from '../onnx-importer';
import { constantOf, numbersOf } from '../tensor';
import { gatheredByPicture } from './chosen';
import type { Operator, Operators } from './operator';

/** The shape that the argument of a Reshape names: 0 keeps a size, -1 is what is left. */
export function namedShape(call: Call, named: readonly number[], old: readonly number[], keepsZero: boolean) {
  const sizes = named.map((size, axis) => (size === 0 && !keepsZero ? (old[axis] ?? 0) : size));
  const known = sizeOf(sizes.filter((size) => size !== -1));
  const whole = sizes.map((size) => (size === -1 ? sizeOf(old) / known : size));
  if (sizeOf(whole) !== sizeOf(old) || whole.some((size) => !Number.isInteger(size) || size < 0)) {
    throw call.problem(`cannot bring [${old}] into shape [${named}]`);
  }
  return whole;
}

function withShape(call: Call, value: Value, shape: readonly number[]): Value {
  if (value.kind === 'constant') return { ...value, shape };
  if (value.kind === 'channel-mean')
    throw call.problem('cannot be read within a local response normalisation');
  if (value.kind === 'quantised') return { ...value, of: call.reshaped(value.of, shape), shape };
  const result = call.reshaped(value, shape);
  // [1, c, h, w] to [1, 1, c, h, w]: the first step of a local response normalisation.
  const isPut = value.squareOf && String(shape) === String([1, ...value.squareOf.shape]);
  return isPut ? { ...result, squareOf: value.squareOf } : result;
}

/** The first input, its axes repeated where they are to be. */
function whole(call: Call): Value {
  const value = call.input(0);
  return value.kind === 'activation' ? call.activation(0) : value;
}

const reshape: Operator = (call) => {
  const value = whole(call);
  const named = call.numbers('shape', 1);
  if (!named) throw call.problem('names no shape');
  return withShape(call, value, namedShape(call, named, value.shape, call.int('allowzero', 0) !== 0));
};

const flatten: Operator = (call) => {
  const value = whole(call);
  const given = call.int('axis', 1);
  const axis = given < 0 ? given + value.shape.length : given;
  return withShape(call, value, [sizeOf(value.shape.slice(0, axis)), sizeOf(value.shape.slice(axis))]);
};

const squeeze: Operator = (call) => {
  const value = whole(call);
  const { shape } = value;
  const axes = call.numbers('axes', 1)?.map((axis) => call.axis(axis, shape.length));
  const gone = axes ?? shape.flatMap((size, axis) => (size === 1 ? [axis] : []));
  if (gone.some((axis) => shape[axis] !== 1)) throw call.problem(`drops axes [${gone}] of [${shape}]`);
  return withShape(
    call,
    value,
    shape.filter((_, axis) => !gone.includes(axis)),
  );
};

const unsqueeze: Operator = (call) => {
  const value = whole(call);
  const axes = call.numbers('axes', 1) ?? [];
  const rank = value.shape.length + axes.length;
  const added = axes.map((axis) => call.axis(axis, rank));
  const left = [...value.shape];
  const shape = Array.from({ length: rank }, (_, axis) => (added.includes(axis) ? 1 : (left.shift() ?? 1)));
  return withShape(call, value, shape);
};

/** Only what is said of the axes changes; they lie where they lay. */
const transpose: Operator = (call) => {
  const value = call.activation(0);
  const permutation = call.ints('perm') ?? value.shape.map((_, axis) => value.shape.length - 1 - axis);
  if ([...permutation].sort((a, b) => a - b).join() !== value.shape.map((_, axis) => axis).join()) {
    throw call.problem(`cannot bring the axes of [${value.shape}] into the order [${permutation}]`);
  }
  return turned(call, value, permutation);
};

/** The value with its axes in another order in the file. */
export function turned(call: Call, value: Activation, permutation: readonly number[]): Activation {
  const shape = permutation.map((axis) => value.shape[axis]);
  const order = value.order.map((axis) => permutation.indexOf(axis));
  // An axis of size 1 that came to lie first may be left out; the first one that was left out is another now.
  const missing = shape.flatMap((_, axis) => (axis === 0 || order.includes(axis) ? [] : [axis]));
  if (missing.length === 0) return { ...value, shape, order, squareOf: undefined, quotientOf: undefined };
  const whole = [...missing, ...order];
  return call.emit({ type: 'axes', removed: [], inserted: missing.map((_, i) => i) }, [value], whole);
}

const shapeOf: Operator = (call) => {
  const value = call.input(0);
  const shape = (value.kind === 'activation' && value.repeatedTo) || value.shape;
  const start = call.int('start', 0);
  const part = shape.slice(start, call.int('end', shape.length));
  return constantOf([part.length], part);
};

/** Ones on a diagonal of a matrix as large as another. */
const eyeLike: Operator = (call) => {
  const { shape } = call.input(0);
  const [rows, columns] = shape;
  const k = call.int('k', 0);
  call.passOver('dtype');
  if (shape.length !== 2 || !(rows * columns <= LARGEST_EYE))
    throw call.problem(`makes a matrix of [${shape}]`);
  const values = Array.from({ length: rows * columns }, (_, i) =>
    Number((i % columns) - Math.floor(i / columns) === k),
  );
  return constantOf(shape, values, false);
};

/** Numbers of such a matrix: many more than channels of any layer have. */
const LARGEST_EYE = 2 ** 22;

const same: Operator = (call) => call.input(0);

/** In evaluation nothing is dropped. */
const dropout: Operator = (call) => {
  call.passOver(1);
  const isTraining = call.optionalConstant(2);
  if (isTraining && numbersOf(isTraining)[0]) {
    throw call.problem('is in training mode. Export the network in evaluation mode (model.eval())');
  }
  return call.input(0);
};

const concatenate: Operator = (call) =>
  joinedAlong(
    call,
    call.int('axis', 1),
    call.all().map((_, i) => call.activation(i)),
  );

/** Values one behind the other on an axis. */
export function joinedAlong(call: Call, along: number, inputs: readonly Activation[]): Activation {
  const [first] = [...inputs].sort((a, b) => sizeOf(b.shape) - sizeOf(a.shape));
  const axis = call.axis(along, first.shape.length);
  const isFolded = axis === 0 || inputs.some(({ shape }) => shape[0] !== 1);
  const order = isFolded ? withFront(first.order) : first.order;
  const aligned = inputs.map((input) => {
    if (input.shape.length !== first.shape.length) {
      throw call.problem(`cannot join shapes [${inputs.map(({ shape }) => shape).join('] and [')}]`);
    }
    return call.arranged(input, order);
  });
  return call.emit({ type: 'concatenate', axis: order.indexOf(axis) }, aligned);
}

/** Two halves of an axis by turns: a0, b0, a1, b1, ... */
export function interleaved(call: Call, value: Activation, axis: number): Activation {
  const half = value.shape[axis] / 2;
  const places = Array.from({ length: 2 * half }, (_, i) => (i % 2) * half + Math.floor(i / 2));
  return picked(call, value, axis, places);
}

const withFront = (order: readonly number[]) => (order.includes(0) ? order : [0, ...order]);

/** Takes the places from `from` to before `to` on an axis. */
function cut(
  call: Call,
  value: Activation,
  ranges: ReadonlyMap<number, readonly [number, number]>,
): Activation {
  const front = ranges.has(0) ? call.arranged(value, withFront(value.order)) : value;
  const { shape, order } = front;
  const begin = order.map((axis) => ranges.get(axis)?.[0] ?? 0);
  const end = order.map((axis) => ranges.get(axis)?.[1] ?? shape[axis]);
  return call.emit({ type: 'slice', begin, end }, [front]);
}

const slice: Operator = (call) => {
  const value = call.activation(0);
  const { shape } = value;
  const starts = call.numbers('starts', 1) ?? [];
  const ends = call.numbers('ends', 2) ?? [];
  const axes = call.numbers('axes', 3) ?? starts.map((_, i) => i);
  const steps = call.numbers('steps', 4) ?? axes.map(() => 1);
  let result = value;
  axes.forEach((given, i) => {
    result = cutEvery(call, result, call.axis(given, shape.length), [starts[i], ends[i]], steps[i]);
  });
  return result;
};

/** Places of one axis from a first one to before another, or back to behind it, in steps. */
export function cutEvery(
  call: Call,
  value: Activation,
  axis: number,
  [start, end]: readonly [number, number],
  step: number,
): Activation {
  const length = value.shape[axis];
  if (!Number.isInteger(step) || step === 0) throw call.problem(`takes steps of ${step}`);
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const place = (at: number) => Math.min(high, Math.max(low, at < 0 ? at + length : at));
  const [from, to] = [place(start), place(end)];
  if (step === 1 && from === 0 && to === length) return value;
  const front = axis === 0 ? call.arranged(value, withFront(value.order)) : value;
  const along = (at: number, others: number) => front.order.map((each) => (each === axis ? at : others));
  const [first, last] = step > 0 ? [from, to] : [to + 1, from + 1];
  return call.emit(
    {
      type: 'slice',
      begin: along(first, 0),
      end: front.order.map((each) => (each === axis ? last : value.shape[each])),
      ...(step === 1 ? {} : { steps: along(step, 1) }),
    },
    [front],
  );
}

const split: Operator = (call) => {
  const value = call.activation(0);
  const axis = call.axis(call.int('axis', 0), value.shape.length);
  const whole = value.shape[axis];
  const parts = call.node.outputs.length;
  call.passOver('num_outputs');
  const each = Math.ceil(whole / parts);
  const sizes =
    call.numbers('split', 1) ??
    Array.from({ length: parts }, (_, i) => Math.max(0, Math.min(each, whole - i * each)));
  if (sizes.reduce((sum, size) => sum + size, 0) !== whole) {
    throw call.problem(`divides ${counted(whole, 'place')} into [${sizes}]`);
  }
  let from = 0;
  return sizes.map((size) => {
    const part = cut(call, value, new Map([[axis, [from, from + size] as const]]));
    from += size;
    return part;
  });
};

/** Places of an axis: one or several, in any order, or laid out as a table says. */
const gather: Operator = (call) => {
  if (call.peek(1)?.kind === 'activation') return gatheredByPicture(call);
  const indices = call.constant(1);
  const input = call.activation(0);
  const axis = call.axis(call.int('axis', 0), input.shape.length);
  const places = numbersOf(indices).map((at) => (at < 0 ? at + input.shape[axis] : at));
  const { shape } = input;
  const whole = [...shape.slice(0, axis), ...indices.shape, ...shape.slice(axis + 1)];
  return call.reshaped(picked(call, input, axis, places), whole);
};

/** Places of an axis in an order of their own. */
export function picked(call: Call, input: Activation, axis: number, places: readonly number[]): Activation {
  if (places.every((at, i) => at === places[0] + i)) {
    const isAll = places[0] === 0 && places.length === input.shape[axis];
    return isAll
      ? input
      : cut(call, input, new Map([[axis, [places[0], places[0] + places.length] as const]]));
  }
  const front = axis === 0 ? call.arranged(input, withFront(input.order)) : input;
  return call.emit({ type: 'gather', axis: front.order.indexOf(axis), places }, [front]);
}

const expand: Operator = (call) => {
  const value = call.activation(0);
  const shape = numbersOf(call.constant(1));
  const rank = Math.max(value.shape.length, shape.length);
  const own = call.ranked(value, rank);
  const named = own.shape.map((_, axis) => shape.at(axis - rank) ?? 1);
  if (own.shape.some((size, axis) => size !== 1 && named[axis] !== 1 && named[axis] !== size)) {
    throw call.problem(`cannot repeat [${value.shape}] to [${shape}]`);
  }
  const whole = own.shape.map((size, axis) => Math.max(size, named[axis]));
  return whole.join() === own.shape.join() ? own : { ...own, repeatedTo: whole };
};

export const shapes: Operators = {
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  Shape: shapeOf,
  EyeLike: eyeLike,
  Identity: same,
  Dropout: dropout,
  Concat: concatenate,
  Slice: slice,
  Split: split,
  Gather: gather,
  Expand: expand,
};
