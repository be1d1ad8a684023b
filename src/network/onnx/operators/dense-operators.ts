import { counted } from '../../../text/counted';
import { linear } from '../../ops/activation';
import { combinedWeight } from '../../weights';
import { allAxes } from '../axes-layout';
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
    [call.innermost(input, 1)],
  );
};

/** Of any two values, as NumPy multiplies stacks of matrices; a vector is a matrix of one row or one column. */
const product: Operator = (call) => {
  const [left, right] = [call.input(0), call.input(1)];
  if (right.kind === 'constant' && right.shape.length === 2 && left.shape.length > 1)
    return dense(call, right);
  if (left.kind === 'constant' && left.shape.length === 2 && right.shape.length > 1) {
    return fromTheLeft(call, left, call.activation(1));
  }
  const [a, b] = [call.activation(0), call.activation(1)];
  const [rows, columns] = [a.shape.length > 1, b.shape.length > 1];
  const result = multiplied(
    call,
    rows ? a : call.reshaped(a, [1, ...a.shape]),
    columns ? b : call.reshaped(b, [...b.shape, 1]),
  );
  const rank = result.shape.length;
  const isKept = (axis: number) => (axis !== rank - 2 || rows) && (axis !== rank - 1 || columns);
  return call.reshaped(
    result,
    result.shape.filter((_, axis) => isKept(axis)),
  );
};

function dense(call: Call, matrix: Constant): Activation {
  const input = call.activation(0);
  const kernel = weightFrom(kernelOf(call, matrix, false));
  const given = call.innermost(input, input.shape.length - 1);
  return call.emit({ type: 'dense', kernel, bias: null, activation: linear }, [given]);
}

/**
 * The product over the last two axes of both; those before broadcast.
 * @param name of the step, where it is not the layer itself
 */
export function multiplied(call: Call, left: Activation, right: Activation, name = call.name): Activation {
  const rank = Math.max(left.shape.length, right.shape.length);
  const [a, b] = [call.ranked(left, rank), call.ranked(right, rank)];
  const outer = a.shape.slice(0, -2).map((size, axis) => Math.max(size, b.shape[axis]));
  const before = allAxes(outer);
  const [first, last] = [rank - 2, rank - 1];
  const faces = (value: Activation): [number, number] =>
    value.order.indexOf(first) < value.order.indexOf(last) ? [first, last] : [last, first];
  const factors = [a, b].map((value) => ({ value, face: faces(value) }));
  const transposed = factors.map(({ face }) => face[0] === last) as [boolean, boolean];
  return call.emit(
    { type: 'matrix-product', transposed },
    factors.map(({ value, face }) => call.arranged(value, [...before, ...face])),
    [...before, first, last],
    name,
  );
}

/** A matrix times what depends on the picture: a dense layer along the last axis but one. */
function fromTheLeft(call: Call, matrix: Constant, input: Activation): Activation {
  const axis = input.shape.length - 2;
  const kernel = weightFrom(kernelOf(call, matrix, true));
  return call.emit({ type: 'dense', kernel, bias: null, activation: linear }, [call.innermost(input, axis)]);
}

export const denseLayers: Operators = { Gemm: gemm, MatMul: product };
