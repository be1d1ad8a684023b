import type { Weight } from '../../network-graph';
import type { MergeSpec } from '../../ops/merge';
import { combinedWeight, scalarWeight } from '../../weights';
import type { Activation, Call } from '../onnx-importer';
import { type Constant, numbersOf } from '../tensor';
import { merged } from './merged';
import type { Operator, Operators } from './operator';
import { quotient } from './whole-arithmetic';

const mapped = (weight: Weight, f: (value: number) => number) =>
  combinedWeight(weight.shape, [weight], ([value]) => f(value), [0]);

/** Elementwise on two values of which at least one depends on the picture. */
const elementwise =
  (
    by: MergeSpec['by'],
    /** Scale and shift that do the same with a constant; `isFirst` where the constant is the left operand. */
    affine: ((weight: Weight, isFirst: boolean) => [Weight | null, Weight | null, 'reciprocal'?]) | null,
  ): Operator =>
  (call) => {
    const values = call.all();
    const constants = values.filter((value): value is Constant => value.kind === 'constant');
    if (constants.length === 0) {
      const inputs = repeatedWhereNeeded(
        call,
        values.map((_, i) => call.repeatable(i)),
      );
      const result = merged(call, by, inputs);
      const [x, y] = inputs;
      const isSquare = by === 'multiply' && inputs.length === 2 && isSame(x, y);
      return isSquare ? { ...result, squareOf: x } : result;
    }
    const [{ shape }] = values.filter((value) => value.kind !== 'constant');
    const fits = constants.every((constant) => isWithin(constant.shape, shape));
    if (values.length !== 2 || !affine || !fits) {
      return merged(
        call,
        by,
        values.map((_, i) => call.activation(i)),
      );
    }
    const isFirst = values[0].kind === 'constant';
    const input = call.activation(isFirst ? 1 : 0);
    const [scale, shift, before] = affine(call.besides(constants[0], input), isFirst);
    const given = before
      ? call.emit(
          { type: 'activation', activation: { name: 'reciprocal' } },
          [input],
          input.order,
          `${call.name}, reciprocal`,
        )
      : input;
    return call.emit({ type: 'affine', scale, shift }, [given]);
  };

/** Whether a shape broadcasts to another without making it larger. */
const isWithin = (part: readonly number[], whole: readonly number[]) =>
  part.length <= whole.length && part.every((size, i) => size === 1 || size === whole.at(i - part.length));

/** What is to be repeated is so by what it is joined with, as a rule. */
function repeatedWhereNeeded(call: Call, inputs: readonly Activation[]): readonly Activation[] {
  const rank = Math.max(...inputs.map(({ shape }) => shape.length));
  const sizes = Array.from({ length: rank }, (_, i) =>
    Math.max(...inputs.map(({ shape }) => shape.at(i - rank) ?? 1)),
  );
  return inputs.map((input) => {
    const { repeatedTo } = input;
    return repeatedTo && !isWithin(repeatedTo, sizes) ? call.repeated(input, repeatedTo) : input;
  });
}

/** The larger or smaller of a value and one number. */
const bound =
  (by: 'maximum' | 'minimum'): Operator =>
  (call) => {
    const values = call.all();
    const constants = values.filter((value): value is Constant => value.kind === 'constant');
    const [number, ...others] = constants.length === 1 ? numbersOf(constants[0]) : [];
    if (values.length !== 2 || number === undefined || others.length > 0) return elementwise(by, null)(call);
    if (Number.isNaN(number)) throw call.problem('keeps values within NaN, which is no number');
    const limits = {
      minimum: -LARGEST,
      maximum: LARGEST,
      [by === 'maximum' ? 'minimum' : 'maximum']: number,
    };
    const input = call.activation(values[0].kind === 'constant' ? 1 : 0);
    if (by === 'maximum' && number === 0) {
      return call.emit({ type: 'activation', activation: { name: 'relu' } }, [input]);
    }
    return call.emit({ type: 'activation', activation: { name: 'clip', ...limits } }, [input]);
  };

/** No activation of a network comes near; infinity would be undone by kernels that subtract it. */
const LARGEST = 3e38;

/** The very same numbers, lying alike. */
const isSame = (a: Activation, b: Activation) =>
  a.node === b.node && a.order.join() === b.order.join() && a.shape.join() === b.shape.join();

const power: Operator = (call) => {
  const input = call.activation(0);
  const [exponent, ...others] = numbersOf(call.constant(1));
  if (exponent === undefined || others.some((other) => other !== exponent)) {
    throw call.problem('has several exponents, which is not supported');
  }
  if (Number.isNaN(exponent)) throw call.problem('has the exponent NaN, which is no number');
  if (exponent === 2) {
    return { ...call.emit({ type: 'activation', activation: { name: 'square' } }, [input]), squareOf: input };
  }
  if (exponent === 0.5) return call.emit({ type: 'activation', activation: { name: 'sqrt' } }, [input]);
  return call.emit({ type: 'activation', activation: { name: 'power', exponent } }, [input]);
};

export const arithmetic: Operators = {
  Add: elementwise('add', (weight) => [null, weight]),
  Sub: elementwise('subtract', (weight, isFirst) =>
    isFirst ? [scalarWeight(-1), weight] : [null, mapped(weight, (value) => -value)],
  ),
  Mul: elementwise('multiply', (weight) => [weight, null]),
  Div: quotient(
    elementwise('divide', (weight, isFirst) =>
      isFirst ? [weight, null, 'reciprocal'] : [mapped(weight, (value) => 1 / value), null],
    ),
  ),
  Sum: elementwise('add', null),
  Mean: elementwise('average', null),
  Max: bound('maximum'),
  Min: bound('minimum'),
  Pow: power,
};
