import { permutedConstant, weightFrom } from '../../onnx/tensor';
import { sizeOf } from '../../ops/operation';
import { type Call, given, type Operator, type Operators, type Value } from '../graph-importer';
import { joined } from './window-operators';

/** The last two axes the other way round. */
function turned(call: Call, value: Value, step: string): Value {
  const rank = value.shape.length;
  const order = Array.from({ length: rank }, (_, axis) => axis);
  const [last, before] = [rank - 1, rank - 2];
  if (rank < 2) throw call.problem(`multiplies [${value.shape}], which is no matrix`);
  return call.via('Transpose', [value], { perm: { ints: [...order.slice(0, -2), last, before] } }, step);
}

const factor = (call: Call, i: number, isTurned: boolean, step: string) =>
  isTurned ? turned(call, call.input(i), step) : call.input(i);

/** A dense layer where the second factor is a weight, with what the converter has joined to it; else the product of two results. */
const product: Operator = (call) => {
  const [left, right] = [call.flag('transpose_a'), call.flag('transpose_b')];
  const [a, b] = [factor(call, 0, left, 'left turned'), call.input(1)];
  if (a.kind === 'constant' || b.kind !== 'constant') {
    if (call.texts('fused_ops').length > 0) throw call.problem('joins a product of two results with more');
    return call.via('MatMul', [a, factor(call, 1, right, 'right turned')]);
  }
  const kernel = weightFrom(right ? permutedConstant(b, [1, 0]) : b);
  const { bias, activation } = joined(call);
  const input = left ? call.via('Identity', [a]) : call.activation(0);
  if (input.kind !== 'activation') throw call.problem('computes with nothing that depends on the picture');
  return call.emit({ type: 'dense', kernel, bias, activation }, [input]);
};

/** Stacks of matrices, as attention multiplies queries with keys and weights with values. */
const stacked: Operator = (call) => {
  const [left, right] = [call.flag('adj_x'), call.flag('adj_y')];
  return call.via('MatMul', [factor(call, 0, left, 'left turned'), factor(call, 1, right, 'right turned')]);
};

const einstein: Operator = (call) =>
  call.via('Einsum', [...call.all], { equation: { text: call.text('equation', '') } });

const reduction =
  (operator: string): Operator =>
  (call) => {
    const value = call.input(0);
    const axes = call.numbers(1).map((axis) => call.axis(axis, value.shape.length));
    const keepdims = { int: Number(call.flag('keep_dims')) };
    // No axes are none, where ONNX would take all.
    if (axes.length === 0) return value;
    return call.via(operator, [value, given(...axes)], { keepdims });
  };

/** The place of the highest number of an axis. */
const place =
  (operator: string): Operator =>
  (call) => {
    const value = call.input(0);
    const axis = call.axis(call.numbers(1)[0], value.shape.length);
    return call.via(operator, [value], { axis: { int: axis }, keepdims: { int: 0 } });
  };

/** Numbers that a value has, as one of its own. */
const count: Operator = (call) => given(sizeOf(call.input(0).shape));

export const products: Operators = {
  MatMul: product,
  _FusedMatMul: product,
  FusedMatMul: product,
  BatchMatMul: stacked,
  BatchMatMulV2: stacked,
  BatchMatMulV3: stacked,
  Einsum: einstein,
  Mean: reduction('ReduceMean'),
  Max: reduction('ReduceMax'),
  Min: reduction('ReduceMin'),
  Sum: reduction('ReduceSum'),
  Prod: reduction('ReduceProd'),
  ArgMax: place('ArgMax'),
  ArgMin: place('ArgMin'),
  Size: count,
};
