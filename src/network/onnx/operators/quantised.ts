import { sizeOf } from '../../ops/operation';
import type { Activation, Call, Quantised } from '../onnx-importer';
import { type Constant, numbersOf } from '../tensor';
import { computed, round } from './constant-arithmetic';
import type { Operator, Operators } from './operator';

/*
 * Networks that were quantised with a pair of operations around everything: to whole numbers of eight bits, and back. What depends on the
 * picture stays in its own units and is rounded to what the bits can hold; weights are read as the numbers they stand for.
 * Source: ONNX operators, QuantizeLinear and DequantizeLinear.
 */

const UINT8: readonly [number, number] = [0, 255];

/** Scale and zero point, one for all numbers or one for each place of an axis. */
interface Steps {
  readonly scale: Constant;
  readonly zero: Constant | null;
  readonly axis: number;
}

function stepsOf(call: Call, shape: readonly number[]): Steps {
  const scale = call.constant(1);
  const zero = call.optionalConstant(2);
  const count = sizeOf(scale.shape);
  // Of a single number the axis says nothing.
  const given = call.int('axis', 1);
  const axis = count === 1 ? 0 : call.axis(given, shape.length);
  if (count !== 1 && (scale.shape.length !== 1 || count !== shape[axis])) {
    throw call.problem(`has scales of shape [${scale.shape}] for [${shape}]`);
  }
  if (zero && sizeOf(zero.shape) !== count) throw call.problem(`has zero points of shape [${zero.shape}]`);
  return { scale, zero, axis };
}

/** A weight, number by number, with the scale and zero point of its place. */
function each(
  call: Call,
  given: Constant,
  isInteger: boolean,
  compute: (value: number, scale: number, zero: number) => number,
): Constant {
  const { scale, zero, axis } = stepsOf(call, given.shape);
  const inner = sizeOf(given.shape.slice(axis + 1));
  const count = sizeOf(scale.shape);
  return computed(call, given.shape, isInteger, () => {
    const [scales, zeros] = [scale.read(), zero?.read()];
    const values = given.read();
    const result = isInteger ? new Float64Array(values.length) : new Float32Array(values.length);
    for (let i = 0; i < values.length; i++) {
      const at = count === 1 ? 0 : Math.floor(i / inner) % count;
      result[i] = compute(values[i], scales[at], zeros?.[at] ?? 0);
    }
    return result;
  });
}

function rangeOf(call: Call): readonly [number, number] {
  const zero = call.optionalConstant(2);
  if (!zero && call.int('output_dtype', 0) !== 0) throw call.problem('does not say where its zero is');
  call.passOver('output_dtype', 'precision');
  const range = zero ? zero.range : UINT8;
  if (!range) throw call.problem('rounds to numbers of a type that is not read here');
  return range;
}

/** The one number that a scale or zero point is. */
function single(call: Call, constant: Constant | null, otherwise: number): number {
  if (!constant) return otherwise;
  if (sizeOf(constant.shape) !== 1) {
    throw call.problem(
      'rounds every channel of what depends on the picture by itself, which is not supported',
    );
  }
  return numbersOf(constant)[0];
}

const quantise: Operator = (call) => {
  const range = rangeOf(call);
  const [low, high] = range;
  const given = call.input(0);
  if (given.kind === 'constant') {
    const whole = each(call, given, true, (value, scale, zero) =>
      Math.min(high, Math.max(low, round(Math.fround(value / scale)) + zero)),
    );
    return { ...whole, range };
  }
  const { scale, zero } = stepsOf(call, given.shape);
  const steps = { scale: single(call, scale, 1), zero: single(call, zero, 0) };
  if (!(steps.scale > 0)) throw call.problem(`rounds to multiples of ${steps.scale}`);
  const of = call.emit({ type: 'quantise', ...steps, low, high }, [call.activation(0)]);
  return { kind: 'quantised', of, shape: of.shape, ...steps } satisfies Quantised;
};

const dequantise: Operator = (call) => {
  const given = call.input(0);
  if (given.kind === 'constant') {
    return each(call, given, false, (value, scale, zero) => (value - zero) * scale);
  }
  if (given.kind !== 'quantised') throw call.problem('takes back a rounding that is not there');
  const { scale, zero } = stepsOf(call, given.shape);
  if (single(call, scale, 1) !== given.scale || single(call, zero, 0) !== given.zero) {
    throw call.problem('takes whole numbers back by another scale than they were rounded by');
  }
  return given.of satisfies Activation;
};

export const quantised: Operators = { QuantizeLinear: quantise, DequantizeLinear: dequantise };
