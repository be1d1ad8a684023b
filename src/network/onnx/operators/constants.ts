import { counted } from '../../../text/counted';
import { bytesInMemory } from '../../files/stored-bytes';
import { sizeOf } from '../../ops/operation';
import { placesIn } from '../../tensor-places';
import type { Call } from '../onnx-importer';
import { type Constant, constantOf, numbersOf, permuted, readTensor } from '../tensor';
import { computed, each, elementwise, numberArray, round, shared, variadic } from './constant-arithmetic';
import { constantNormalisations } from './constant-normalisations';
import { constantProducts } from './constant-products';
import { constantReductions } from './constant-reductions';
import { placesOfLists } from './indexed';
import type { Operator, Operators } from './operator';
import { quantised } from './quantised';
import { shapes } from './shapes';

const constant: Operator = (call) => {
  const tensor = call.attribute('value')?.tensor;
  if (tensor) {
    return readTensor(tensor, () => {
      throw call.problem('has its numbers in another file, which is not supported');
    });
  }
  for (const name of ['value_int', 'value_ints', 'value_float', 'value_floats']) {
    const value = call.attribute(name);
    if (!value) continue;
    const isInteger = name.startsWith('value_int');
    const one = isInteger ? value.int : value.float;
    if (one !== null) return constantOf([], [one], isInteger);
    const many = isInteger ? value.ints : value.floats;
    return constantOf([many.length], many, isInteger);
  }
  throw call.problem('holds no number');
};

const filled: Operator = (call) => {
  const shape = numbersOf(call.constant(0));
  const value = call.attribute('value')?.tensor;
  const tensor = value && readTensor(value, () => bytesInMemory(new Uint8Array()));
  const [number] = tensor ? numbersOf(tensor) : [0];
  const isInteger = tensor?.isInteger ?? false;
  return computed(call, shape, isInteger, () => numberArray(isInteger, sizeOf(shape)).fill(number));
};

const FLOATS = new Set([1, 10, 11]);
const TRUTH = 9;

const cast: Operator = (call) => {
  const given = call.constant(0);
  const to = call.int('to', 1);
  const isInteger = !FLOATS.has(to);
  return computed(call, given.shape, isInteger, () => {
    const values = given.read();
    if (to === TRUTH) return Float64Array.from(values, (value) => Number(value !== 0));
    return isInteger ? Float64Array.from(values, Math.trunc) : Float32Array.from(values);
  });
};

const transpose: Operator = (call) => {
  const given = call.constant(0);
  const order = call.ints('perm') ?? given.shape.map((_, axis) => given.shape.length - 1 - axis);
  if ([...order].sort().join() !== given.shape.map((_, axis) => axis).join()) {
    throw call.problem(`cannot bring the axes of [${given.shape}] into the order [${order}]`);
  }
  const shape = order.map((axis) => given.shape[axis]);
  return computed(call, shape, given.isInteger, () => permuted(given.read(), given.shape, order));
};

/** The numbers at given places of one axis. */
function taken(
  call: Call,
  given: Constant,
  axis: number,
  places: readonly number[],
  as: readonly number[],
): Constant {
  const outer = sizeOf(given.shape.slice(0, axis));
  const inner = sizeOf(given.shape.slice(axis + 1));
  const length = given.shape[axis];
  const shape = [...given.shape.slice(0, axis), ...as, ...given.shape.slice(axis + 1)];
  return computed(call, shape, given.isInteger, () => {
    const values = given.read();
    const result = numberArray(given.isInteger, sizeOf(shape));
    let to = 0;
    for (let i = 0; i < outer; i++) {
      for (const place of places) {
        const from = (i * length + place) * inner;
        for (let k = 0; k < inner; k++) result[to++] = values[from + k];
      }
    }
    return result;
  });
}

const gather: Operator = (call) => {
  const given = call.constant(0);
  const indices = call.constant(1);
  const axis = call.axis(call.int('axis', 0), given.shape.length);
  const places = numbersOf(indices).map((at) => call.axis(at, given.shape[axis]));
  return taken(call, given, axis, places, indices.shape);
};

const gatherByLists: Operator = (call) => {
  const given = call.constant(0);
  const { length, places, shape } = placesOfLists(call, given.shape, call.constant(1));
  const rows = { ...given, shape: [length, sizeOf(given.shape) / length] };
  return { ...taken(call, rows, 0, places, [places.length]), shape };
};

const slice: Operator = (call) => {
  let given = call.constant(0);
  const starts = call.numbers('starts', 1) ?? [];
  const ends = call.numbers('ends', 2) ?? [];
  const axes = call.numbers('axes', 3) ?? starts.map((_, i) => i);
  const steps = call.numbers('steps', 4) ?? starts.map(() => 1);
  axes.forEach((named, i) => {
    const axis = call.axis(named, given.shape.length);
    const length = given.shape[axis];
    const step = steps[i];
    if (!Number.isInteger(step) || step === 0) throw call.problem(`takes steps of ${step}`);
    const inside = (at: number, low: number, high: number) =>
      Math.min(high, Math.max(low, at < 0 ? at + length : at));
    const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
    const places: number[] = [];
    const end = inside(ends[i], low, high);
    for (let at = inside(starts[i], low, high); step > 0 ? at < end : at > end; at += step) places.push(at);
    given = taken(call, given, axis, places, [places.length]);
  });
  return given;
};

const split: Operator = (call) => {
  const given = call.constant(0);
  const axis = call.axis(call.int('axis', 0), given.shape.length);
  const whole = given.shape[axis];
  const parts = call.node.outputs.length;
  call.passOver('num_outputs');
  const each = Math.ceil(whole / parts);
  const sizes =
    call.numbers('split', 1) ??
    Array.from({ length: parts }, (_, i) => Math.max(0, Math.min(each, whole - i * each)));
  let from = 0;
  return sizes.map((size) => {
    const places = Array.from({ length: size }, (_, i) => from + i);
    from += size;
    if (!(from <= whole)) throw call.problem(`divides ${counted(whole, 'place')} into [${sizes}]`);
    return taken(call, given, axis, places, [size]);
  });
};

const concatenate: Operator = (call) => {
  const inputs = call.all().map((_, i) => call.constant(i));
  const rank = inputs[0].shape.length;
  const axis = call.axis(call.int('axis', 0), rank);
  const total = inputs.reduce((sum, { shape }) => sum + shape[axis], 0);
  const shape = inputs[0].shape.map((size, i) => (i === axis ? total : size));
  const isInteger = inputs.every((input) => input.isInteger);
  const outer = sizeOf(shape.slice(0, axis));
  if (
    inputs.some((input) => sizeOf(input.shape) !== outer * input.shape[axis] * sizeOf(shape.slice(axis + 1)))
  ) {
    throw call.problem('joins shapes that do not fit');
  }
  return computed(call, shape, isInteger, () => {
    const result = numberArray(isInteger, sizeOf(shape));
    const parts = inputs.map((input) => ({ values: input.read(), step: sizeOf(input.shape.slice(axis)) }));
    let to = 0;
    for (let i = 0; i < outer; i++) {
      for (const { values, step } of parts) {
        for (let k = 0; k < step; k++) result[to++] = values[i * step + k];
      }
    }
    return result;
  });
};

const range: Operator = (call) => {
  const inputs = [0, 1, 2].map((i) => call.constant(i));
  const [start, limit, step] = inputs.map((input) => numbersOf(input)[0]);
  const count = Math.max(0, Math.ceil((limit - start) / step));
  const isInteger = inputs.every((input) => input.isInteger);
  return computed(call, [count], isInteger, () =>
    Float64Array.from({ length: count }, (_, i) => start + i * step),
  );
};

const expand: Operator = (call) => {
  const given = call.constant(0);
  const shape = shared(call, [given.shape, numbersOf(call.constant(1))]);
  return computed(call, shape, given.isInteger, () => {
    const values = given.read();
    const at = placesIn(given.shape, shape);
    return numberArray(given.isInteger, sizeOf(shape)).map((_, i) => values[at(i)]);
  });
};

const tile: Operator = (call) => {
  const given = call.constant(0);
  const repeats = numbersOf(call.constant(1));
  if (repeats.length !== given.shape.length || repeats.some((count) => !(count >= 0))) {
    throw call.problem(`repeats [${given.shape}] [${repeats}] times`);
  }
  return given.shape.reduce((tiled, size, axis) => {
    const places = Array.from(
      { length: Math.min(size * repeats[axis], call.largestConstant) },
      (_, i) => i % size,
    );
    return repeats[axis] === 1 ? tiled : taken(call, tiled, axis, places, [places.length]);
  }, given);
};

const where: Operator = (call) => {
  const inputs = [0, 1, 2].map((i) => call.constant(i));
  const shape = shared(
    call,
    inputs.map((input) => input.shape),
  );
  const isInteger = inputs[1].isInteger && inputs[2].isInteger;
  return computed(call, shape, isInteger, () => {
    const [condition, yes, no] = inputs.map((input) => {
      const values = input.read();
      const at = placesIn(input.shape, shape);
      return (i: number) => values[at(i)];
    });
    return numberArray(isInteger, sizeOf(shape)).map((_, i) => (condition(i) ? yes(i) : no(i)));
  });
};

const clip: Operator = (call) => {
  const given = call.constant(0);
  const bound = (name: string, i: number, otherwise: number) => {
    const input = call.optionalConstant(i);
    return input ? numbersOf(input)[0] : call.float(name, otherwise);
  };
  const minimum = bound('min', 1, Number.NEGATIVE_INFINITY);
  const maximum = bound('max', 2, Number.POSITIVE_INFINITY);
  return computed(call, given.shape, given.isInteger, () =>
    given.read().map((value) => Math.min(maximum, Math.max(minimum, value))),
  );
};

/** Division of whole numbers leaves the rest out. */
const divide = (a: number, b: number, isInteger: boolean) => (isInteger ? Math.trunc(a / b) : a / b);

const truth = (compute: (a: number, b: number) => boolean) =>
  elementwise((a, b) => Number(compute(a, b)), true);

const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));

/** Operations on numbers that are known without a picture, as exporters leave them around shapes and weights. */
export const constantOperators: Operators = {
  ...constantReductions,
  ...constantNormalisations,
  ...constantProducts,
  Constant: constant,
  ConstantOfShape: filled,
  Range: range,
  Add: elementwise((a, b) => a + b),
  Sub: elementwise((a, b) => a - b),
  Mul: elementwise((a, b) => a * b),
  Div: elementwise(divide),
  Mod: (call) => {
    const truncates = call.int('fmod', 0) !== 0;
    return elementwise((a, b) => (truncates ? a % b : ((a % b) + b) % b))(call);
  },
  Pow: elementwise((a, b) => a ** b),
  Max: variadic((a, b) => Math.max(a, b)),
  Min: variadic((a, b) => Math.min(a, b)),
  Sum: variadic((a, b) => a + b),
  Equal: truth((a, b) => a === b),
  Less: truth((a, b) => a < b),
  LessOrEqual: truth((a, b) => a <= b),
  Greater: truth((a, b) => a > b),
  GreaterOrEqual: truth((a, b) => a >= b),
  And: truth((a, b) => a !== 0 && b !== 0),
  Or: truth((a, b) => a !== 0 || b !== 0),
  Xor: truth((a, b) => (a !== 0) !== (b !== 0)),
  Not: each((value) => Number(value === 0)),
  Floor: each(Math.floor),
  Ceil: each(Math.ceil),
  Round: each(round),
  Sign: each(Math.sign),
  Sqrt: each(Math.sqrt),
  Neg: each((value) => -value),
  Abs: each(Math.abs),
  Exp: each(Math.exp),
  Log: each(Math.log),
  Sin: each(Math.sin),
  Cos: each(Math.cos),
  Tanh: each(Math.tanh),
  Sigmoid: each(sigmoid),
  Softplus: each((value) => Math.log1p(Math.exp(value))),
  Relu: each((value) => Math.max(0, value)),
  Reciprocal: each((value) => 1 / value),
  Clip: clip,
  Where: where,
  Cast: cast,
  CastLike: (call) => {
    const [given, like] = [call.constant(0), call.constant(1)];
    if (given.isInteger === like.isInteger) return given;
    return computed(call, given.shape, like.isInteger, () =>
      like.isInteger ? Float64Array.from(given.read(), Math.trunc) : Float32Array.from(given.read()),
    );
  },
  Transpose: transpose,
  Gather: gather,
  Slice: slice,
  Split: split,
  Concat: concatenate,
  Expand: expand,
  Tile: tile,
  Size: (call) => constantOf([], [sizeOf(call.constant(0).shape)]),
  Shape: shapes.Shape,
  EyeLike: shapes.EyeLike,
  Reshape: shapes.Reshape,
  Flatten: shapes.Flatten,
  Squeeze: shapes.Squeeze,
  Unsqueeze: shapes.Unsqueeze,
  ...quantised,
  GatherND: gatherByLists,
  Identity: shapes.Identity,
  Dropout: shapes.Dropout,
};
