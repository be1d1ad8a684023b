import type { Activation, Call } from '../onnx-importer';
import { reducedAxes } from './constant-reductions';
import type { Operator, Operators } from './operator';
import { cutEvery, joinedAlong } from './shapes';

/**
 * The product of all places of an axis, by halves that are multiplied with each other: its slope needs no division, so that it is
 * right where places are 0.
 */
function productAlong(call: Call, given: Activation, axis: number): Activation {
  let value = given;
  while (value.shape[axis] > 1) {
    const whole = value.shape[axis];
    const half = Math.floor(whole / 2);
    const cut = (from: number, to: number) => cutEvery(call, value, axis, [from, to], 1);
    const halves = [cut(0, half), cut(half, 2 * half)];
    const product = call.emit({ type: 'merge', by: 'multiply' }, halves);
    value = whole > 2 * half ? joinedAlong(call, axis, [product, cut(2 * half, whole)]) : product;
  }
  return value;
}

/** Source: ONNX operators, ReduceProd. */
const reduceProduct: Operator = (call) => {
  const value = call.activation(0);
  const { shape } = value;
  const axes = reducedAxes(call, shape);
  const isKept = call.int('keepdims', 1) !== 0;
  const product = axes.reduce((whole, axis) => productAlong(call, whole, axis), value);
  if (isKept) return product;
  return call.reshaped(
    product,
    shape.filter((_, axis) => !axes.includes(axis)),
  );
};

export const productsAlong: Operators = { ReduceProd: reduceProduct };
