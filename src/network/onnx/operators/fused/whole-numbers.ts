import type { Activation, Call, Value } from '../../onnx-importer';
import type { Constant } from '../../tensor';
import { activations } from '../activations';
import { arithmetic } from '../arithmetic';
import { computed } from '../constant-arithmetic';
import { convolutions } from '../convolution-operators';
import { denseLayers } from '../dense-operators';
import type { Operator, Operators } from '../operator';
import { pools } from '../pools';
import { quantised } from '../quantised';
import { joinedAlong, turned } from '../shapes';
import { attributesOf, windows } from './attributes-of';

/*
 * Operations on whole numbers of eight bits whose steps the file names: each is taken back to its own units, computed there, and rounded to
 * what the bits of its result can hold, as pairs of operations around it would say. Source: ONNX operators, QLinearConv and QLinearMatMul;
 * onnxruntime, contrib operators.
 */

/** The numbers that input i stands for; its scale and zero point lie behind it. */
function real(call: Call, i: number, axis = 0): Value {
  const inner = call.as([call.input(i), call.constant(i + 1), call.optional(i + 2)], { axis: { int: axis } });
  return quantised.DequantizeLinear(inner) as Value;
}

/** A result in whole numbers. @param i input that is its scale */
function rounded(call: Call, value: Activation, i: number): Value {
  const inner = call.as([value, call.constant(i), call.optional(i + 1)], {}, 'rounded');
  return quantised.QuantizeLinear(inner) as Value;
}

/** A bias counts in steps of its input times those of each filter. */
function biasOf(call: Call, i: number, steps: readonly [number, number]): Constant | null {
  const bias = call.optionalConstant(i);
  if (!bias) return null;
  const [x, w] = steps.map((at) => call.constant(at));
  return computed(call, bias.shape, false, () => {
    const [values, [scale], scales] = [bias.read(), x.read(), w.read()];
    return Float32Array.from(
      values,
      (value, k) => value * Math.fround(scale * scales[scales.length === 1 ? 0 : k]),
    );
  });
}

const convolution: Operator = (call) => {
  const inputs = [real(call, 0), real(call, 3, 0), biasOf(call, 8, [1, 4])];
  const isLast = call.int('channels_last', 0) !== 0;
  if (isLast) throw call.problem('lies channels last, which is not supported');
  return rounded(call, convolutions.Conv(call.as(inputs, attributesOf(call, windows))) as Activation, 6);
};

const product: Operator = (call) => {
  const right = call.input(3);
  const inputs = [real(call, 0), real(call, 3, right.shape.length - 1)];
  return rounded(call, denseLayers.MatMul(call.as(inputs)) as Activation, 6);
};

/** Where it names no scale its result is not rounded. */
const gemm: Operator = (call) => {
  const isTurned = call.int('transB', 0) !== 0;
  const inputs = [real(call, 0), real(call, 3, isTurned ? 0 : 1), biasOf(call, 6, [1, 4])];
  const found = denseLayers.Gemm(
    call.as(inputs, attributesOf(call, ['alpha', 'transA', 'transB'])),
  ) as Activation;
  return call.optional(7) ? rounded(call, found, 7) : found;
};

const joined =
  (operator: Operator): Operator =>
  (call) =>
    rounded(call, operator(call.as([real(call, 0), real(call, 3)])) as Activation, 6);

const single =
  (operator: Operator, names: readonly string[] = []): Operator =>
  (call) =>
    rounded(call, operator(call.as([real(call, 0)], attributesOf(call, names))) as Activation, 3);

/** Pools of maps that lie channels first, or last where the layer says so. */
const pool =
  (operator: Operator, names: readonly string[] = []): Operator =>
  (call) => {
    if (call.int('channels_last', 0) === 0) return single(operator, names)(call);
    const inner = call.as([real(call, 0)]);
    const first = turned(call, inner.activation(0), [0, 3, 1, 2]);
    const found = operator(call.as([first], attributesOf(call, names))) as Activation;
    return rounded(call, turned(call, found, [0, 2, 3, 1]), 3);
  };

const softmax: Operator = (call) => {
  // Of the opset that the operation had before.
  call.passOver('opset');
  return single(activations.Softmax, ['axis'])(call);
};

/** Scale and zero point of the result come first, then each value with its own. */
const concatenation: Operator = (call) => {
  const values: Activation[] = [];
  for (let i = 2; i < call.inputCount; i += 3) values.push(call.as([real(call, i)]).activation(0));
  return rounded(call, joinedAlong(call, call.int('axis', 1), values), 0);
};

const poolNames = ['auto_pad', 'ceil_mode', 'count_include_pad', 'kernel_shape', 'pads', 'strides'];

/** Of ONNX itself. */
export const wholeNumbers: Operators = { QLinearConv: convolution, QLinearMatMul: product };

/** Of onnxruntime. */
export const wholeNumbersOfRuntime: Operators = {
  ...quantised,
  ...wholeNumbers,
  QGemm: gemm,
  QLinearAdd: joined(arithmetic.Add),
  QLinearMul: joined(arithmetic.Mul),
  QLinearSigmoid: single(activations.Sigmoid),
  QLinearLeakyRelu: single(activations.LeakyRelu, ['alpha']),
  QLinearSoftmax: softmax,
  QLinearAveragePool: pool(pools.AveragePool, poolNames),
  QLinearGlobalAveragePool: pool(pools.GlobalAveragePool),
  QLinearConcat: concatenation,
};
