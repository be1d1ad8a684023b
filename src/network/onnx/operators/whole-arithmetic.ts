import type { Weight } from '../../network-graph';
import type { OperationSpec } from '../../ops';
import { sizeOf } from '../../ops/operation';
import { reshapedWeight, scalarWeight } from '../../weights';
import type { Activation, Call, Value } from '../onnx-importer';
import { isWhole as isWholeType, numbersOf } from '../tensor';
import { merged } from './merged';
import type { Operator, Operators } from './operator';

/*
 * Whole numbers that a network computes: rounded, counted, divided with a rest. Nothing has a gradient through the rounding, as in
 * PyTorch, whose whole numbers take no part in the way back; what a rest is taken of keeps its own.
 *
 * Quotients are rounded of whole numbers that half of one has been added to: it lies well between two steps, whatever a
 * device makes of the last bit of a division.
 */

/** Type of truth values among TensorProto's. */
const TRUTH = 9;

const isWhole = (value: Value | null): boolean =>
  value?.kind === 'constant'
    ? value.isInteger
    : value?.kind === 'activation' && (value.isPlace === true || value.isInteger === true);

/** Numbers of a divisor that are looked through for fractions. */
const LONGEST_DIVISOR = 4096;

/** Whole numbers in a type for fractions. */
export const isCount = (value: Value | null): boolean =>
  value?.kind === 'constant'
    ? sizeOf(value.shape) <= LONGEST_DIVISOR && numbersOf(value).every(Number.isInteger)
    : value?.kind === 'activation' && value.isCount === true;

/** One step of an operation, named by what it does. */
const step = (call: Call, spec: OperationSpec<Weight>, value: Activation, name = '') =>
  call.emit(spec, [value], value.order, name ? `${call.name}, ${name}` : call.name);

const signOf = (call: Call, value: Activation) =>
  step(call, { type: 'activation', activation: { name: 'sign' } }, value, 'sign');

const halfOf = (call: Call, value: Activation) =>
  step(
    call,
    {
      type: 'affine',
      scale: reshapedWeight(
        scalarWeight(0.5),
        value.order.map(() => 1),
      ),
      shift: null,
    },
    value,
    'half',
  );

/** How often b goes into a, both whole: rounded towards zero, or down. */
function wholeQuotient(
  call: Call,
  [a, b]: readonly [Activation, Activation],
  by: 'truncate' | 'floor',
): Activation {
  const half = halfOf(call, signOf(call, by === 'truncate' ? a : b));
  const beside = merged(call.as([], {}, 'above the step'), 'add', [a, half]);
  const share = merged(call.as([], {}, 'share'), 'divide', [beside, b]);
  return step(call, { type: 'activation', activation: { name: by } }, share);
}

const drawn = (call: Call, value: Value): Activation =>
  value.kind === 'constant' ? call.drawn(value) : (value as Activation);

/** Division that drops the rest, of whole numbers. @param real of all others */
export const quotient =
  (real: Operator): Operator =>
  (call) => {
    const [dividend, divisor] = [call.peek(0), call.peek(1)];
    if (isWhole(dividend) && isWhole(divisor)) {
      return wholeQuotient(call, [call.activation(0), call.activation(1)], 'truncate');
    }
    const result = real(call) as Activation;
    const isOfCounts = dividend && divisor && isCount(dividend) && isCount(divisor);
    return isOfCounts ? { ...result, quotientOf: [dividend, divisor] } : result;
  };

/** x without its fraction, or the whole number below it. */
function rounded(call: Call, value: Activation, by: 'truncate' | 'floor'): Activation {
  const { quotientOf } = value;
  if (quotientOf) {
    return wholeQuotient(call, [drawn(call, quotientOf[0]), drawn(call, quotientOf[1])], by);
  }
  return step(call, { type: 'activation', activation: { name: by } }, value);
}

const floor: Operator = (call) => {
  const result = rounded(call, call.activation(0), 'floor');
  return { ...result, isCount: true };
};

/** True is 1, whatever is not zero. */
function truthOf(call: Call, value: Activation): Activation {
  return step(call, { type: 'activation', activation: { name: 'abs' } }, signOf(call, value));
}

/** A value in another type. */
function typed(call: Call, to: 'fractions' | 'whole' | 'truth'): Activation {
  const isOfWhole = isWhole(call.peek(0));
  const value = call.activation(0);
  if (to === 'fractions') {
    return { ...value, isInteger: false, isPlace: false, isCount: isOfWhole || value.isCount === true };
  }
  if (to === 'truth') return { ...truthOf(call, value), isPlace: true };
  return isOfWhole ? value : { ...rounded(call, value, 'truncate'), isPlace: true };
}

const cast: Operator = (call) => {
  const to = call.int('to', 1);
  call.passOver('saturate', 'round_mode');
  return typed(call, to === TRUTH ? 'truth' : isWholeType(to) ? 'whole' : 'fractions');
};

const castLike: Operator = (call) => {
  const like = call.input(1);
  return typed(call, isWhole(like) ? 'whole' : 'fractions');
};

/** What is left of a division. Source: ONNX operators, Mod. */
const remainder: Operator = (call) => {
  const truncates = call.int('fmod', 0) !== 0;
  const areWhole = isWhole(call.peek(0)) && isWhole(call.peek(1));
  if (!areWhole && !truncates) throw call.problem('takes the rest of fractions, which is not supported');
  const [a, b] = [call.activation(0), call.activation(1)];
  const inner = call.as([], {}, 'quotient');
  const often = areWhole
    ? wholeQuotient(inner, [a, b], truncates ? 'truncate' : 'floor')
    : rounded(inner, merged(call.as([], {}, 'share'), 'divide', [a, b]), 'truncate');
  const whole = merged(call.as([], {}, 'whole'), 'multiply', [often, b]);
  return merged(call, 'subtract', [a, whole]);
};

export const wholeArithmetic: Operators = { Floor: floor, Cast: cast, CastLike: castLike, Mod: remainder };
