import { scalarWeight } from '../../../weights';
import type { Activation, Call } from '../../onnx-importer';
import { permutedConstant } from '../../tensor';
import { activations } from '../activations';
import { convolutions } from '../convolution-operators';
import { denseLayers } from '../dense-operators';
import type { Operator, Operators } from '../operator';
import { turned } from '../shapes';
import { attributesOf, windows } from './attributes-of';
import { added } from './normalised';

/** The function that a fused operation ends in, its numbers by the names that it has in ONNX. */
function activated(call: Call, value: Activation, parameters: readonly (number | undefined)[]): Activation {
  const name = call.text('activation', '');
  if (name === '') return value;
  const known: Readonly<Record<string, readonly string[]>> = {
    Relu: [],
    Tanh: [],
    Sigmoid: [],
    Softsign: [],
    Softplus: [],
    HardSwish: [],
    LeakyRelu: ['alpha'],
    Elu: ['alpha'],
    HardSigmoid: ['alpha', 'beta'],
    Clip: ['min', 'max'],
  };
  if (!Object.hasOwn(known, name)) throw call.problem(`ends in ${name}, which is not read here`);
  const numbers = known[name].flatMap((key, i) => {
    const float = parameters[i];
    return float === undefined ? [] : [[key, { float }] as const];
  });
  return activations[name](call.as([value], Object.fromEntries(numbers))) as Activation;
}

/** A convolution, what is added to it, and its activation. Source: onnxruntime, FusedConv. */
const convolution: Operator = (call) => {
  const inputs = [call.input(0), call.constant(1), call.optional(2)];
  const other = call.optional(3);
  const isLast = call.text('activation', '') === '' && !other;
  const inner = call.as(inputs, attributesOf(call, windows), isLast ? undefined : 'convolution');
  const found = convolutions.Conv(inner) as Activation;
  const { floats } = call.attribute('activation_params') ?? { floats: [] };
  return activated(call, added(call, found, other, 'sum'), floats);
};

/** Source: onnxruntime, FusedGemm. */
const gemm: Operator = (call) => {
  const inner = call.as(
    [call.input(0), call.constant(1), call.optional(2)],
    attributesOf(call, ['alpha', 'beta', 'transA', 'transB']),
    'product',
  );
  const found = denseLayers.Gemm(inner) as Activation;
  const parameters = ['activation_alpha', 'activation_beta', 'activation_gamma'];
  return activated(
    call,
    found,
    parameters.map((name) => call.attribute(name)?.float ?? undefined),
  );
};

/** A product of two stacks of matrices, each turned or not, times a number. Source: onnxruntime, FusedMatMul. */
const product: Operator = (call) => {
  if (call.int('transBatchA', 0) !== 0 || call.int('transBatchB', 0) !== 0) {
    throw call.problem('turns the stacks of its matrices, which is not supported');
  }
  const [left, right] = [0, 1].map((i) => {
    const value = call.input(i);
    if (call.int(i === 0 ? 'transA' : 'transB', 0) === 0) return value;
    const rank = value.shape.length;
    const order = value.shape.map((_, axis) => (axis < rank - 2 ? axis : 2 * rank - 3 - axis));
    if (rank < 2) throw call.problem(`turns [${value.shape}], which is no matrix`);
    return value.kind === 'constant'
      ? permutedConstant(value, order)
      : turned(call, call.activation(i), order);
  });
  const alpha = call.float('alpha', 1);
  const inner = call.as([left, right], {}, alpha === 1 ? undefined : 'product');
  const found = denseLayers.MatMul(inner) as Activation;
  if (alpha === 1) return found;
  return call.emit({ type: 'affine', scale: scalarWeight(alpha), shift: null }, [found]);
};

/** A gelu of what a bias was added to. */
export const biasedGelu =
  (approximate: 'none' | 'tanh'): Operator =>
  (call) => {
    const sum = added(call, call.activation(0), call.optional(1), 'bias');
    return activations.Gelu(call.as([sum], { approximate: { text: approximate } }));
  };

export const fusedProducts: Operators = {
  FusedConv: convolution,
  FusedGemm: gemm,
  FusedMatMul: product,
  TransposeMatMul: product,
};
