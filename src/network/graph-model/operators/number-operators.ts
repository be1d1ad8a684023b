import type { Weight } from '../../network-graph';
import { constantOf } from '../../onnx/tensor';
import type { Activation as ActivationFunction } from '../../ops/activation';
import type { Call, Operator, Operators, Told, Value } from '../graph-importer';

const each =
  (operator: string, told?: Told): Operator =>
  (call) =>
    call.via(operator, [call.input(0)], told);

const both =
  (operator: string): Operator =>
  (call) =>
    call.via(operator, [call.input(0), call.input(1)]);

/** A function that ONNX has no operation for. */
const own =
  (activation: ActivationFunction<Weight>, ofConstants: (value: number) => number): Operator =>
  (call) => {
    const value = call.input(0);
    if (value.kind !== 'constant') {
      return call.emit({ type: 'activation', activation }, [call.activation(0)]);
    }
    const { shape, read, from } = value;
    return {
      ...{ kind: 'constant', name: '', shape, isInteger: false, from },
      read: () => Float32Array.from(read(), ofConstants),
    };
  };

const scalar = (value: number, isInteger = false) => constantOf([], [value], isInteger);

const FLOAT = 1;
const INT32 = 6;
const TRUTH = 9;

const cast = (call: Call, value: Value, to: number, step?: string) =>
  call.via('Cast', [value], { to: { int: to } }, step);

/** Whole numbers of the file, or such that the network computes. */
const isWhole = (value: Value): boolean =>
  value.kind === 'constant'
    ? value.isInteger
    : value.kind === 'activation' && (value.isPlace === true || value.isInteger === true);

/** How often one number goes into another, without the rest. */
const floorQuotient: Operator = (call) => {
  const inputs = [call.input(0), call.input(1)];
  const quotient = call.via(
    'Div',
    inputs.map((value, i) => cast(call, value, FLOAT, i === 0 ? 'dividend' : 'divisor')),
    {},
    'quotient',
  );
  const result = call.via('Floor', [quotient]);
  return inputs.every(isWhole) ? cast(call, result, INT32) : result;
};

/** What is left of a division, of the sign of the divisor. */
const rest: Operator = (call) => {
  const [a, b] = [call.input(0), call.input(1)];
  if (isWhole(a) && isWhole(b)) return call.via('Mod', [a, b]);
  const often = call.via('Floor', [call.via('Div', [a, b], {}, 'quotient')], {}, 'often');
  return call.via('Sub', [a, call.via('Mul', [often, b], {}, 'whole')]);
};

/** Names and numbers of TensorFlow's types for fractions and for truth values. Source: tensorflow/core/framework/types.proto. */
const fractions = new Set(['DT_FLOAT', 'DT_HALF', 'DT_DOUBLE', 'DT_BFLOAT16', '1', '2', '14', '19']);
const truths = new Set(['DT_BOOL', '10']);

const typed: Operator = (call) => {
  const to = call.type('DstT');
  return cast(call, call.input(0), fractions.has(to) ? FLOAT : truths.has(to) ? TRUTH : INT32);
};

const bounded: Operator = (call) => {
  const [minimum, maximum] = [call.numbers(1)[0], call.numbers(2)[0]];
  return call.via('Clip', [call.input(0), scalar(minimum), scalar(maximum)]);
};

const squaredDifference: Operator = (call) => {
  const difference = call.via('Sub', [call.input(0), call.input(1)], {}, 'difference');
  return call.via('Mul', [difference, difference]);
};

const unlike: Operator = (call) =>
  call.via('Not', [call.via('Equal', [call.input(0), call.input(1)], {}, 'alike')]);

/** The angle of a point (x, y), given y and x. Source: TensorFlow, tf.math.atan2. */
const angle: Operator = (call) => {
  const [y, x] = [call.activation(0), call.activation(1)];
  if (y.shape.join() !== x.shape.join())
    throw call.problem(`cannot join shapes [${y.shape}] and [${x.shape}]`);
  return call.emit({ type: 'merge', by: 'angle' }, [y, x]);
};

/** A bias on the last axis. */
const biased: Operator = (call) => {
  call.assertChannelsLast();
  return call.via('Add', [call.input(0), call.input(1)]);
};

/** Of numbers place by place, and of the last axis. */
export const arithmetic: Operators = {
  BiasAdd: biased,
  Add: both('Add'),
  AddV2: both('Add'),
  Sub: both('Sub'),
  Mul: both('Mul'),
  RealDiv: both('Div'),
  FloorDiv: floorQuotient,
  FloorMod: rest,
  Maximum: both('Max'),
  Minimum: both('Min'),
  AddN: (call) => call.via('Sum', [...call.all]),
  Pow: both('Pow'),
  Atan2: angle,
  SquaredDifference: squaredDifference,
  Square: (call) => call.via('Mul', [call.input(0), call.input(0)]),
  Relu: each('Relu'),
  Relu6: own({ name: 'relu6' }, (value) => Math.min(6, Math.max(0, value))),
  Selu: each('Selu'),
  Sigmoid: each('Sigmoid'),
  Tanh: each('Tanh'),
  Softplus: each('Softplus'),
  Softsign: each('Softsign'),
  Softmax: each('Softmax', { axis: { int: -1 } }),
  LogSoftmax: each('LogSoftmax', { axis: { int: -1 } }),
  Elu: each('Elu'),
  Erf: each('Erf'),
  Exp: each('Exp'),
  Log: each('Log'),
  Sin: each('Sin'),
  Cos: each('Cos'),
  Sqrt: each('Sqrt'),
  Rsqrt: own({ name: 'power', exponent: -0.5 }, (value) => 1 / Math.sqrt(value)),
  Reciprocal: each('Reciprocal'),
  Inv: each('Reciprocal'),
  Neg: each('Neg'),
  Abs: each('Abs'),
  Floor: each('Floor'),
  Ceil: each('Ceil'),
  Round: each('Round'),
  Rint: each('Round'),
  Sign: each('Sign'),
  LeakyRelu: (call) => call.via('LeakyRelu', [call.input(0)], { alpha: { float: call.float('alpha', 0.2) } }),
  Prelu: both('PRelu'),
  ClipByValue: bounded,
  Cast: typed,
  Equal: both('Equal'),
  NotEqual: unlike,
  Less: both('Less'),
  LessEqual: both('LessOrEqual'),
  Greater: both('Greater'),
  GreaterEqual: both('GreaterOrEqual'),
  LogicalAnd: both('And'),
  LogicalOr: both('Or'),
  LogicalNot: each('Not'),
  Select: (call) => call.via('Where', [call.input(0), call.input(1), call.input(2)]),
  SelectV2: (call) => call.via('Where', [call.input(0), call.input(1), call.input(2)]),
  ZerosLike: (call) => call.via('Mul', [call.input(0), scalar(0, isWhole(call.input(0)))]),
};
