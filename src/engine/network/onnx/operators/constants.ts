import { broadcastShape } from '../../ops/broadcast';
import { sizeOf } from '../../ops/operation';
import type { Call } from '../importer';
import { type Constant, constantOf, numbersOf, permutedConstant, readTensor } from '../tensor';
import type { Operator, Operators } from './operator';
import { shapes } from './shapes';

/** What exporters leave to be computed without a picture is short; a larger tensor would be a bomb. */
const LARGEST = 2 ** 24;

function assertSmall(call: Call, shape: readonly number[]): void {
  if (!(sizeOf(shape) <= LARGEST)) throw call.problem(`would yield [${shape}], which is too large`);
}

const constant: Operator = (call) => {
  const { attributes } = call.node;
  const tensor = attributes.get('value')?.tensor;
  if (tensor) {
    return readTensor(tensor, () => {
      throw call.problem('has its numbers in another file, which is not supported');
    });
  }
  for (const name of ['value_int', 'value_ints', 'value_float', 'value_floats']) {
    const value = attributes.get(name);
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
  const tensor = value && readTensor(value, () => new Uint8Array());
  const [number] = tensor ? numbersOf(tensor) : [0];
  assertSmall(call, shape);
  return {
    kind: 'constant',
    name: '',
    shape,
    isInteger: tensor?.isInteger ?? false,
    read: () => new Float64Array(sizeOf(shape)).fill(number),
  };
};

const elementwise =
  (compute: (a: number, b: number, isInteger: boolean) => number): Operator =>
  (call) => {
    const [a, b] = [call.constant(0), call.constant(1)];
    let shape: readonly number[];
    try {
      shape = broadcastShape([a.shape, b.shape]);
    } catch {
      throw call.problem(`cannot join shapes [${a.shape}] and [${b.shape}]`);
    }
    assertSmall(call, shape);
    const isInteger = a.isInteger && b.isInteger;
    return {
      kind: 'constant',
      name: '',
      shape,
      isInteger,
      read() {
        const [x, y] = [a, b].map((each) => ({ values: each.read(), at: placesIn(each.shape, shape) }));
        const result = isInteger ? new Float64Array(sizeOf(shape)) : new Float32Array(sizeOf(shape));
        for (let i = 0; i < result.length; i++) {
          result[i] = compute(x.values[x.at(i)], y.values[y.at(i)], isInteger);
        }
        return result;
      },
    };
  };

/** Where place i of a tensor of `whole` shape lies in one of `part` that broadcasts to it. */
function placesIn(part: readonly number[], whole: readonly number[]): (i: number) => number {
  if (sizeOf(part) === sizeOf(whole)) return (i) => i;
  if (sizeOf(part) === 1) return () => 0;
  const sizes = [...new Array(whole.length - part.length).fill(1), ...part];
  return (i) => {
    let rest = i;
    let place = 0;
    let step = 1;
    for (let axis = whole.length - 1; axis >= 0; axis--) {
      if (sizes[axis] > 1) place += (rest % whole[axis]) * step;
      step *= sizes[axis];
      rest = Math.floor(rest / whole[axis]);
    }
    return place;
  };
}

const each =
  (compute: (value: number) => number): Operator =>
  (call) => {
    const given = call.constant(0);
    return { ...given, name: '', read: () => given.read().map(compute) as Float32Array };
  };

const FLOATS = new Set([1, 10, 11]);

const cast: Operator = (call) => {
  const given = call.constant(0);
  const isInteger = !FLOATS.has(call.int('to', 1));
  return {
    ...given,
    isInteger,
    read: () =>
      isInteger
        ? Float64Array.from(given.read(), Math.trunc)
        : (Float32Array.from(given.read()) as Float32Array),
  };
};

const transpose: Operator = (call) => {
  const given = call.constant(0);
  const order = call.ints('perm') ?? given.shape.map((_, axis) => given.shape.length - 1 - axis);
  if ([...order].sort().join() !== given.shape.map((_, axis) => axis).join()) {
    throw call.problem(`cannot bring the axes of [${given.shape}] into the order [${order}]`);
  }
  return permutedConstant(given, order);
};

/** The numbers at given places of one axis. */
function taken(given: Constant, axis: number, places: readonly number[], as: readonly number[]): Constant {
  const values = numbersOf(given);
  const outer = sizeOf(given.shape.slice(0, axis));
  const inner = sizeOf(given.shape.slice(axis + 1));
  const length = given.shape[axis];
  const result: number[] = [];
  for (let i = 0; i < outer; i++) {
    for (const place of places) {
      for (let k = 0; k < inner; k++) result.push(values[(i * length + place) * inner + k]);
    }
  }
  const shape = [...given.shape.slice(0, axis), ...as, ...given.shape.slice(axis + 1)];
  return constantOf(shape, result, given.isInteger);
}

const gather: Operator = (call) => {
  const given = call.constant(0);
  const indices = call.constant(1);
  const axis = call.axis(call.int('axis', 0), given.shape.length);
  const places = numbersOf(indices).map((at) => call.axis(at, given.shape[axis]));
  assertSmall(call, [sizeOf(given.shape) / given.shape[axis], places.length]);
  return taken(given, axis, places, indices.shape);
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
    given = taken(given, axis, places, [places.length]);
  });
  return given;
};

const concatenate: Operator = (call) => {
  const inputs = call.all().map((_, i) => call.constant(i));
  const rank = inputs[0].shape.length;
  const axis = call.axis(call.int('axis', 0), rank);
  const total = inputs.reduce((sum, { shape }) => sum + shape[axis], 0);
  const outer = sizeOf(inputs[0].shape.slice(0, axis));
  const result: number[] = [];
  const parts = inputs.map((input) => ({
    values: numbersOf(input),
    step: sizeOf(input.shape.slice(axis)),
  }));
  for (let i = 0; i < outer; i++) {
    for (const { values, step } of parts) {
      for (let k = 0; k < step; k++) result.push(values[i * step + k]);
    }
  }
  const shape = inputs[0].shape.map((size, i) => (i === axis ? total : size));
  if (result.length !== sizeOf(shape)) throw call.problem('joins shapes that do not fit');
  return constantOf(
    shape,
    result,
    inputs.every(({ isInteger }) => isInteger),
  );
};

const range: Operator = (call) => {
  const [start, limit, step] = [0, 1, 2].map((i) => numbersOf(call.constant(i))[0]);
  const count = Math.max(0, Math.ceil((limit - start) / step));
  assertSmall(call, [count]);
  return constantOf(
    [count],
    Array.from({ length: count }, (_, i) => start + i * step),
  );
};

const expand: Operator = (call) => {
  const given = call.constant(0);
  const ones: Constant = { ...constantOf([], [1]), shape: numbersOf(call.constant(1)) };
  let shape: readonly number[];
  try {
    shape = broadcastShape([given.shape, ones.shape]);
  } catch {
    throw call.problem(`cannot repeat [${given.shape}] to [${ones.shape}]`);
  }
  assertSmall(call, shape);
  const at = placesIn(given.shape, shape);
  return {
    ...given,
    shape,
    read() {
      const values = given.read();
      return Float64Array.from({ length: sizeOf(shape) }, (_, i) => values[at(i)]);
    },
  };
};

const where: Operator = (call) => {
  const [condition, yes, no] = [0, 1, 2].map((i) => call.constant(i));
  const choices = numbersOf(condition);
  const pick = (from: Constant) => {
    const values = numbersOf(from);
    return (i: number) => values[values.length === 1 ? 0 : i];
  };
  const [a, b] = [pick(yes), pick(no)];
  const { shape } = [condition, yes, no].reduce((most, each) =>
    sizeOf(each.shape) > sizeOf(most.shape) ? each : most,
  );
  const chosen = pick({ ...condition, read: () => Float64Array.from(choices) });
  const values = Array.from({ length: sizeOf(shape) }, (_, i) => (chosen(i) ? a(i) : b(i)));
  return constantOf(shape, values, yes.isInteger && no.isInteger);
};

/** Division of whole numbers leaves the rest out. */
const divide = (a: number, b: number, isInteger: boolean) => (isInteger ? Math.trunc(a / b) : a / b);

const product = (values: number[]) => values.reduce((a, b) => a * b, 1);

/** Operations on numbers that are known without a picture, as exporters leave them around shapes and weights. */
export const constantOperators: Operators = {
  Constant: constant,
  ConstantOfShape: filled,
  Range: range,
  Add: elementwise((a, b) => a + b),
  Sub: elementwise((a, b) => a - b),
  Mul: elementwise((a, b) => a * b),
  Div: elementwise(divide),
  Mod: elementwise((a, b) => ((a % b) + b) % b),
  Pow: elementwise((a, b) => a ** b),
  Max: elementwise((a, b) => Math.max(a, b)),
  Min: elementwise((a, b) => Math.min(a, b)),
  Equal: elementwise((a, b) => Number(a === b)),
  Less: elementwise((a, b) => Number(a < b)),
  Greater: elementwise((a, b) => Number(a > b)),
  And: elementwise((a, b) => Number(a !== 0 && b !== 0)),
  Or: elementwise((a, b) => Number(a !== 0 || b !== 0)),
  Not: each((value) => Number(value === 0)),
  Floor: each(Math.floor),
  Ceil: each(Math.ceil),
  Sqrt: each(Math.sqrt),
  Neg: each((value) => -value),
  Abs: each(Math.abs),
  Exp: each(Math.exp),
  Log: each(Math.log),
  Reciprocal: each((value) => 1 / value),
  Where: where,
  Cast: cast,
  Transpose: transpose,
  Gather: gather,
  Slice: slice,
  Concat: concatenate,
  Expand: expand,
  Size: (call) => constantOf([], [product([...call.constant(0).shape])]),
  Shape: shapes.Shape,
  Reshape: shapes.Reshape,
  Flatten: shapes.Flatten,
  Squeeze: shapes.Squeeze,
  Unsqueeze: shapes.Unsqueeze,
  Identity: shapes.Identity,
  Dropout: shapes.Dropout,
};
