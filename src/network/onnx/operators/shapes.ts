import { counted } from '../../../text/counted';
import { sizeOf } from '../../ops/operation';
import type { Activation, Call, Value } from '../onnx-importer';
import { constantOf, numbersOf } from '../tensor';
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
  if (shape.length === 1) return { ...call.reshaped(value, [1, ...shape]), isFlat: true };
  if (shape[0] !== 1) throw call.problem('mixes the pictures of a batch');
  const result = call.reshaped(value, shape);
  // [1, c, h, w] to [1, 1, c, h, w]: the first step of a local response normalisation.
  const isPut = value.squareOf && String(shape) === String([1, ...value.squareOf.shape]);
  return isPut ? { ...result, squareOf: value.squareOf } : result;
}

const reshape: Operator = (call) => {
  const value = call.input(0);
  const named = call.numbers('shape', 1);
  if (!named) throw call.problem('names no shape');
  return withShape(call, value, namedShape(call, named, value.shape, call.int('allowzero', 0) !== 0));
};

const flatten: Operator = (call) => {
  const value = call.input(0);
  const given = call.int('axis', 1);
  const axis = given < 0 ? given + value.shape.length : given;
  return withShape(call, value, [sizeOf(value.shape.slice(0, axis)), sizeOf(value.shape.slice(axis))]);
};

const squeeze: Operator = (call) => {
  const value = call.input(0);
  const { shape } = value;
  const axes = call.numbers('axes', 1)?.map((axis) => call.axis(axis, shape.length));
  // The batch of one picture stays.
  const first = value.kind === 'constant' ? 0 : 1;
  const gone = axes ?? shape.flatMap((size, axis) => (size === 1 && axis >= first ? [axis] : []));
  if (gone.some((axis) => shape[axis] !== 1)) throw call.problem(`drops axes [${gone}] of [${shape}]`);
  return withShape(
    call,
    value,
    shape.filter((_, axis) => !gone.includes(axis)),
  );
};

const unsqueeze: Operator = (call) => {
  const value = call.input(0);
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
  if (permutation[0] !== 0) throw call.problem('mixes the pictures of a batch');
  if ([...permutation].sort().join() !== value.shape.map((_, axis) => axis).join()) {
    throw call.problem(`cannot bring the axes of [${value.shape}] into the order [${permutation}]`);
  }
  return {
    ...value,
    shape: permutation.map((axis) => value.shape[axis]),
    order: value.order.map((axis) => permutation.indexOf(axis)),
  };
};

const shapeOf: Operator = (call) => {
  const { shape } = call.input(0);
  const start = call.int('start', 0);
  const part = shape.slice(start, call.int('end', shape.length));
  return constantOf([part.length], part);
};

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

/** Types of numbers with a fraction: float32, float16, float64, bfloat16. */
const fractional = new Set([1, 10, 11, 16]);

const cast: Operator = (call) => {
  const value = call.activation(0);
  if (fractional.has(call.int('to', 1))) return { ...value, isInteger: false };
  if (!value.isInteger) throw call.problem('rounds what depends on the picture, which is not supported');
  return value;
};

const castLike: Operator = (call) => {
  const value = call.activation(0);
  const like = call.input(1);
  if (like.kind === 'constant' ? like.isInteger && !value.isInteger : false) {
    throw call.problem('rounds what depends on the picture, which is not supported');
  }
  return like.kind === 'activation'
    ? { ...value, isInteger: like.isInteger }
    : { ...value, isInteger: like.kind === 'constant' && like.isInteger };
};

const concatenate: Operator = (call) => {
  const inputs = call.all().map((_, i) => call.activation(i));
  const [first] = inputs;
  const axis = call.inner(call.int('axis', 1), first.shape.length);
  const aligned = inputs.map((input) => {
    if (input.shape.length !== first.shape.length) {
      throw call.problem(`cannot join shapes [${inputs.map(({ shape }) => shape).join('] and [')}]`);
    }
    return call.arranged(input, first.order);
  });
  return call.emit({ type: 'concatenate', axis: first.order.indexOf(axis) }, aligned);
};

/** Takes the places from `from` to before `to` on an axis. */
function cut(
  call: Call,
  value: Activation,
  ranges: ReadonlyMap<number, readonly [number, number]>,
): Activation {
  const { shape, order } = value;
  const begin = order.map((axis) => ranges.get(axis)?.[0] ?? 0);
  const end = order.map((axis) => ranges.get(axis)?.[1] ?? shape[axis]);
  return call.emit({ type: 'slice', begin, end }, [value]);
}

const slice: Operator = (call) => {
  const value = call.activation(0);
  const { shape } = value;
  const starts = call.numbers('starts', 1) ?? [];
  const ends = call.numbers('ends', 2) ?? [];
  const axes = call.numbers('axes', 3) ?? starts.map((_, i) => i);
  const steps = call.numbers('steps', 4) ?? axes.map(() => 1);
  const ranges = new Map<number, readonly [number, number]>();
  axes.forEach((given, i) => {
    const axis = call.axis(given, shape.length);
    const place = (at: number) => Math.min(shape[axis], Math.max(0, at < 0 ? at + shape[axis] : at));
    const range = [place(starts[i]), place(ends[i])] as const;
    if (range[0] !== 0 || range[1] !== shape[axis]) ranges.set(call.inner(axis, shape.length), range);
  });
  const part = ranges.size === 0 ? value : cut(call, value, ranges);
  return thinnedOut(call, part, new Map(axes.map((axis, i) => [call.axis(axis, shape.length), steps[i]])));
};

/** Every so many places of the rows and columns of a map, as a pool of one place with strides takes them. */
function thinnedOut(call: Call, value: Activation, steps: ReadonlyMap<number, number>): Activation {
  const strides = value.order.map((axis) => steps.get(axis) ?? 1);
  if (strides.every((stride) => stride === 1)) return value;
  if (strides.length !== 3 || strides[2] !== 1 || strides.some((stride) => !(stride >= 1))) {
    throw call.problem('takes every so many places, which is not supported');
  }
  return call.emit(
    {
      type: 'pooling',
      by: 'maximum',
      size: [1, 1],
      strides: [strides[0], strides[1]],
      padding: 'valid',
      countPadding: false,
      ceil: false,
    },
    [value],
  );
}

const split: Operator = (call) => {
  const value = call.activation(0);
  const axis = call.inner(call.int('axis', 0), value.shape.length);
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

/**
 * One place of an axis or several; or all numbers of a value in the order in which they are, which is how PyTorch's exporter
 * writes a change of strides.
 */
const gather: Operator = (call) => {
  const value = call.input(0);
  const indices = call.constant(1);
  if (value.kind === 'activation' && value.isFlat) {
    call.passOver('axis');
    if (numbersOf(indices).some((index, i) => index !== i) || sizeOf(indices.shape) !== sizeOf(value.shape)) {
      throw call.problem('picks places out of a picture, which is not supported');
    }
    return withShape(call, value, indices.shape);
  }
  const input = call.activation(0);
  const axis = call.inner(call.int('axis', 0), input.shape.length);
  const places = numbersOf(indices).map((at) => (at < 0 ? at + input.shape[axis] : at));
  if (indices.shape.length > 1) throw call.problem('picks places by a table, which is not supported');
  if (places.some((at, i) => at !== places[0] + i)) return picked(call, input, axis, places);
  const part = cut(call, input, new Map([[axis, [places[0], places[0] + places.length] as const]]));
  if (indices.shape.length === 1) return part;
  return call.reshaped(
    part,
    part.shape.filter((_, i) => i !== axis),
  );
};

/** As many places as colours have channels, with room: each is a part of its own. */
const MOST_PICKED = 32;

/** Places of an axis in another order, as a picture's colours are turned. */
function picked(call: Call, input: Activation, axis: number, places: readonly number[]): Activation {
  if (places.length > MOST_PICKED) {
    throw call.problem(`picks ${places.length} places that do not lie side by side, which is not supported`);
  }
  const parts = places.map((at) => cut(call, input, new Map([[axis, [at, at + 1] as const]])));
  return call.emit({ type: 'concatenate', axis: input.order.indexOf(axis) }, parts);
}

const expand: Operator = (call) => {
  const value = call.activation(0);
  const shape = numbersOf(call.constant(1));
  const rank = value.shape.length;
  const fits =
    shape.length <= rank &&
    shape.every((size, i) => {
      const own = value.shape.at(i - shape.length);
      return size === 1 || own === 1 || size === own;
    });
  const whole = value.shape.map((size, axis) => Math.max(size, shape.at(axis - rank) ?? 1));
  if (!fits || whole[0] !== 1)
    throw call.problem(`repeats [${value.shape}] to [${shape}], which is not supported`);
  return whole.join() === value.shape.join() ? value : { ...value, repeatedTo: whole };
};

export const shapes: Operators = {
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  Shape: shapeOf,
  Identity: same,
  Dropout: dropout,
  Cast: cast,
  CastLike: castLike,
  Concat: concatenate,
  Slice: slice,
  Split: split,
  Gather: gather,
  Expand: expand,
};
