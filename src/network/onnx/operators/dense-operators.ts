import { counted } from '../../../text/counted';
import { attentionError } from '../../network-errors';
import { linear } from '../../ops/activation';
import { combinedWeight } from '../../weights';
import { isCalledAttention } from '../attention';
import type { Activation, Call } from '../onnx-importer';
import { type Constant, permutedConstant, weightFrom } from '../tensor';
import type { Operator, Operators } from './operator';

function kernelOf(call: Call, constant: Constant, transposed: boolean): Constant {
  if (constant.shape.length !== 2) throw call.problem(`has a kernel of shape [${constant.shape}]`);
  return transposed ? permutedConstant(constant, [1, 0]) : constant;
}

/** alpha * A B + beta * C. Source: ONNX operators, Gemm. */
const gemm: Operator = (call) => {
  const input = call.activation(0);
  if (input.shape.length !== 2 || call.int('transA', 0) !== 0) {
    throw call.problem('does not multiply a vector with a matrix');
  }
  const kernel = weightFrom(kernelOf(call, call.constant(1), call.int('transB', 0) !== 0));
  const bias = call.optionalConstant(2);
  const [alpha, beta] = [call.float('alpha', 1), call.float('beta', 1)];
  const out = kernel.shape[1];
  const given = bias && weightFrom(bias);
  if (given?.shape.some((size, axis) => size !== 1 && (size !== out || axis < given.shape.length - 1))) {
    throw call.problem(`has a bias of shape [${given.shape}] for ${counted(out, 'output')}`);
  }
  return call.emit(
    {
      type: 'dense',
      kernel: alpha === 1 ? kernel : combinedWeight(kernel.shape, [kernel], ([value]) => alpha * value, [0]),
      bias: given && combinedWeight([out], [given], ([value]) => beta * value, [0]),
      activation: linear,
    },
    [input],
  );
};

const product: Operator = (call) => {
  const [left, right] = [call.input(0), call.input(1)];
  if (left.kind === 'constant') return fromTheLeft(call, left, call.activation(1));
  const input = call.activation(0);
  if (right.kind === 'activation') {
    if (isCalledAttention(call.name)) throw attentionError(call.name);
    throw call.problem('multiplies two results of the picture with each other, which is not supported');
  }
  const kernel = weightFrom(kernelOf(call, call.constant(1), false));
  const given = call.innermost(input, input.shape.length - 1);
  return call.emit({ type: 'dense', kernel, bias: null, activation: linear }, [given]);
};

/** A matrix times what depends on the picture: a dense layer along the last axis but one. */
function fromTheLeft(call: Call, matrix: Constant, input: Activation): Activation {
  const axis = input.shape.length - 2;
  if (axis < 1) throw call.problem('mixes the pictures of a batch');
  const kernel = weightFrom(kernelOf(call, matrix, true));
  return call.emit({ type: 'dense', kernel, bias: null, activation: linear }, [call.innermost(input, axis)]);
}

export const denseLayers: Operators = { Gemm: gemm, MatMul: product };
