import type { Weight } from '../../network-graph';
import type { Activation as Formula } from '../../ops/activation';
import { allAxes } from '../axes-layout';
import type { Call } from '../onnx-importer';
import { numbersOf } from '../tensor';
import type { Operator, Operators } from './operator';

const apply =
  (activationOf: (call: Call) => Formula<Weight>): Operator =>
  (call) => {
    const input = call.activation(0);
    return call.emit({ type: 'activation', activation: activationOf(call) }, [input]);
  };

type Plain = Exclude<
  Formula<Weight>['name'],
  'leaky-relu' | 'prelu' | 'elu' | 'hard-sigmoid' | 'clip' | 'bounded-relu' | 'power'
>;

const plain = (name: Plain) => apply(() => ({ name }));

/** Larger than every float32, where a bound is left out. */
const UNBOUNDED = 3.5e38;

function clip(call: Call): Formula<Weight> {
  const bound = (name: string, i: number, otherwise: number) => {
    const input = call.optionalConstant(i);
    return input ? numbersOf(input)[0] : call.float(name, otherwise);
  };
  const minimum = bound('min', 1, -UNBOUNDED);
  const maximum = bound('max', 2, UNBOUNDED);
  if (!(minimum <= maximum)) throw call.problem(`keeps values from ${minimum} to ${maximum}`);
  if (minimum === 0 && maximum === 6) return { name: 'relu6' };
  if (minimum === 0 && maximum > 3e38) return { name: 'relu' };
  return { name: 'clip', minimum, maximum };
}

const softmax =
  (name: 'softmax' | 'log-softmax'): Operator =>
  (call) => {
    const input = call.activation(0);
    const rank = input.shape.length;
    const axis = call.axis(call.int('axis', call.opset < 13 ? 1 : -1), rank);
    // Before opset 13 all axes from this one on were taken together.
    const others = input.shape.slice(axis + 1);
    if (call.opset < 13 && others.some((size) => size !== 1)) {
      throw call.problem(`is taken over several axes of [${input.shape}], which is not supported`);
    }
    // Over the last axis it is attention, as a rule, which is read as the file writes it: [heads, tokens, tokens].
    const lies = axis === rank - 1 ? call.arranged(input, allAxes(input.shape)) : call.innermost(input, axis);
    return call.emit({ type: 'activation', activation: { name } }, [lies]);
  };

const slope: Operator = (call) => {
  const input = call.activation(0);
  const weight = call.besides(call.constant(1), input);
  return call.emit({ type: 'activation', activation: { name: 'prelu', slope: weight } }, [input]);
};

export const activations: Operators = {
  Relu: plain('relu'),
  Sigmoid: plain('sigmoid'),
  Tanh: plain('tanh'),
  Softplus: plain('softplus'),
  Softsign: plain('softsign'),
  HardSwish: plain('hard-swish'),
  Mish: plain('mish'),
  Erf: plain('erf'),
  Sin: plain('sine'),
  Cos: plain('cosine'),
  Ceil: plain('ceil'),
  Round: plain('round'),
  Sign: plain('sign'),
  Exp: plain('exponential'),
  Log: plain('log'),
  Sqrt: plain('sqrt'),
  Abs: plain('abs'),
  Neg: plain('negate'),
  Reciprocal: plain('reciprocal'),
  Gelu: apply((call) => ({ name: call.text('approximate', 'none') === 'tanh' ? 'gelu-tanh' : 'gelu' })),
  LeakyRelu: apply((call) => ({ name: 'leaky-relu', slope: call.float('alpha', 0.01) })),
  Elu: apply((call) => ({ name: 'elu', alpha: call.float('alpha', 1) })),
  Selu: apply((call) => {
    if (Math.abs(call.float('alpha', 1.67326) - 1.67326) > 1e-4)
      throw call.problem('has an alpha of its own');
    if (Math.abs(call.float('gamma', 1.0507) - 1.0507) > 1e-4) throw call.problem('has a gamma of its own');
    return { name: 'selu' };
  }),
  HardSigmoid: apply((call) => ({
    name: 'hard-sigmoid',
    slope: call.float('alpha', 0.2),
    offset: call.float('beta', 0.5),
  })),
  Swish: apply((call) => {
    if (call.float('alpha', 1) !== 1) throw call.problem('has an alpha of its own');
    return { name: 'swish' };
  }),
  Clip: apply(clip),
  PRelu: slope,
  Softmax: softmax('softmax'),
  LogSoftmax: softmax('log-softmax'),
};
