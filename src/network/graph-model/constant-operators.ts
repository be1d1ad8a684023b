import type { Weight } from '../network-graph';
import { broadcastShape } from '../ops/broadcast';
import { type Shape, sizeOf } from '../ops/operation';
import { type Fold, folded, keptShape, placesIn } from '../tensor-places';
import { reshapedWeight } from '../weights';
import type { Call, Constant } from './graph-importer';

/*
 * What is computed without the picture: weights that a network standardises or scales before it uses them. TensorFlow's converter
 * works these out itself where they are small.
 */

/** Numbers beyond which what is computed must not be larger than what it is computed from. */
const LARGEST_COMPUTED = 2 ** 24;

type ConstantOperator = (call: Call) => Constant;

/** The numbers are computed when they are read. @throws NetworkError where they would be too many: a bomb */
function computed(call: Call, from: readonly Weight[], shape: Shape, read: Weight['read']): Constant {
  const given = from.reduce((sum, weight) => sum + sizeOf(weight.shape), 0);
  if (sizeOf(shape) > Math.max(LARGEST_COMPUTED, given)) {
    throw call.problem(`would yield [${shape}], which is too large`);
  }
  return { kind: 'constant', name: call.name, weight: { shape, read } };
}

/** A constant of the file. Sizes of a picture are none: that of the batch is left open. */
function weightIn(call: Call, i: number): Weight {
  const { weight, ofShape } = call.constant(i);
  if (ofShape) throw call.problem('computes with the sizes of a picture, which is not read');
  return weight;
}

const each =
  (compute: (value: number) => number): ConstantOperator =>
  (call) => {
    const weight = weightIn(call, 0);
    return computed(call, [weight], weight.shape, () => weight.read().map(compute));
  };

const binary =
  (compute: (a: number, b: number) => number): ConstantOperator =>
  (call) => {
    const [a, b] = [weightIn(call, 0), weightIn(call, 1)];
    const shape = joinedShape(call, a.shape, b.shape);
    return computed(call, [a, b], shape, () => {
      const [x, y] = [a.read(), b.read()];
      const [atX, atY] = [placesIn(a.shape, shape), placesIn(b.shape, shape)];
      return new Float32Array(sizeOf(shape)).map((_, i) => compute(x[atX(i)], y[atY(i)]));
    });
  };

function joinedShape(call: Call, a: Shape, b: Shape): Shape {
  try {
    return broadcastShape([a, b]);
  } catch {
    throw call.problem(`cannot join shapes [${a}] and [${b}]`);
  }
}

/** Axes named by input 1, counted from the start. */
function axesOf(call: Call, { length }: Shape): number[] {
  const axes = call.numbers(1).map((axis) => (axis < 0 ? axis + length : axis));
  if (axes.some((axis) => !(axis >= 0 && axis < length))) throw call.problem('works along no axis it has');
  return axes;
}

const reduction =
  (fold: Fold): ConstantOperator =>
  (call) => {
    const weight = weightIn(call, 0);
    const axes = axesOf(call, weight.shape);
    const kept = keptShape(weight.shape, axes);
    const shape = call.flag('keep_dims') ? kept : kept.filter((_, axis) => !axes.includes(axis));
    return computed(call, [weight], shape, () =>
      Float32Array.from(folded(weight.read(), weight.shape, kept, fold)),
    );
  };

const sum = (total: number, value: number) => total + value;

const reshaped: ConstantOperator = (call) => {
  const weight = weightIn(call, 0);
  const named = call.numbers(1);
  const known = named.reduce((product, size) => (size === -1 ? product : product * size), 1);
  const shape = named.map((size) => (size === -1 ? sizeOf(weight.shape) / known : size));
  if (sizeOf(shape) !== sizeOf(weight.shape))
    throw call.problem(`cannot bring [${weight.shape}] into [${named}]`);
  return { kind: 'constant', name: call.name, weight: reshapedWeight(weight, shape) };
};

const add = binary((a, b) => a + b);

/** Operations on constants, by name; they come before those of the same name that read the picture. */
export const constantOperators: Readonly<Record<string, ConstantOperator>> = {
  Add: add,
  AddV2: add,
  BiasAdd: add,
  Sub: binary((a, b) => a - b),
  Mul: binary((a, b) => a * b),
  RealDiv: binary((a, b) => a / b),
  Maximum: binary(Math.max),
  Minimum: binary(Math.min),
  Pow: binary((a, b) => a ** b),
  SquaredDifference: binary((a, b) => (a - b) ** 2),
  Square: each((value) => value * value),
  Sqrt: each(Math.sqrt),
  Rsqrt: each((value) => 1 / Math.sqrt(value)),
  Reciprocal: each((value) => 1 / value),
  Neg: each((value) => -value),
  Abs: each(Math.abs),
  Exp: each(Math.exp),
  Log: each(Math.log),
  Tanh: each(Math.tanh),
  Sigmoid: each((value) => 1 / (1 + Math.exp(-value))),
  Softplus: each((value) => Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)))),
  Sum: reduction({ start: 0, add: sum }),
  Mean: reduction({ start: 0, add: sum, finish: (total, count) => total / count }),
  Max: reduction({ start: Number.NEGATIVE_INFINITY, add: Math.max }),
  Min: reduction({ start: Number.POSITIVE_INFINITY, add: Math.min }),
  Reshape: reshaped,
};
