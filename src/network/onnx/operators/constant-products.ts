import { counted } from '../../../text/counted';
import { sizeOf } from '../../ops/operation';
import { placesIn } from '../../tensor-places';
import type { Call } from '../onnx-importer';
import { type Constant, numbersOf, permutedConstant } from '../tensor';
import { computed, numberArray, shared } from './constant-arithmetic';
import type { Operator, Operators } from './operator';

/*
 * Products, running sums and tables of what is known without a picture: relative positions, and masks of shifted windows, are
 * computed so in the file.
 */

/** Of stacks of matrices whose first axes broadcast, as NumPy multiplies them. */
function multiplied(call: Call, a: Constant, b: Constant): Constant {
  const [left, right] = [
    a.shape.length === 1 ? [1, ...a.shape] : a.shape,
    b.shape.length === 1 ? [...b.shape, 1] : b.shape,
  ];
  const [rows, depth] = left.slice(-2);
  const [also, columns] = right.slice(-2);
  if (a.shape.length === 0 || b.shape.length === 0 || depth !== also) {
    throw call.problem(`cannot multiply [${a.shape}] and [${b.shape}]`);
  }
  const outer = shared(call, [left.slice(0, -2), right.slice(0, -2)]);
  const shape = [...outer, ...(a.shape.length > 1 ? [rows] : []), ...(b.shape.length > 1 ? [columns] : [])];
  const isInteger = a.isInteger && b.isInteger;
  return computed(call, shape, isInteger, () => {
    const [x, y] = [a.read(), b.read()];
    const [atLeft, atRight] = [placesIn(left.slice(0, -2), outer), placesIn(right.slice(0, -2), outer)];
    const sums = new Float64Array(sizeOf(shape));
    for (let stack = 0; stack < sizeOf(outer); stack++) {
      const [first, second] = [atLeft(stack) * rows * depth, atRight(stack) * depth * columns];
      for (let row = 0; row < rows; row++) {
        const to = (stack * rows + row) * columns;
        for (let k = 0; k < depth; k++) {
          const factor = x[first + row * depth + k];
          const from = second + k * columns;
          for (let column = 0; column < columns; column++) sums[to + column] += factor * y[from + column];
        }
      }
    }
    return isInteger ? sums : Float32Array.from(sums);
  });
}

const product: Operator = (call) => multiplied(call, call.constant(0), call.constant(1));

/** alpha * A B + beta * C. Source: ONNX operators, Gemm. */
const gemm: Operator = (call) => {
  const factor = (i: number, isTurned: boolean) =>
    isTurned ? permutedConstant(call.constant(i), [1, 0]) : call.constant(i);
  const result = multiplied(
    call,
    factor(0, call.int('transA', 0) !== 0),
    factor(1, call.int('transB', 0) !== 0),
  );
  const summand = call.optionalConstant(2);
  const [alpha, beta] = [call.float('alpha', 1), call.float('beta', 1)];
  return computed(call, result.shape, result.isInteger, () => {
    const [values, added] = [result.read(), summand?.read()];
    const at = summand ? placesIn(summand.shape, result.shape) : () => 0;
    return values.map((value, i) => alpha * value + beta * (added?.[at(i)] ?? 0));
  });
};

const runningSum: Operator = (call) => {
  const given = call.constant(0);
  const axis = call.axis(numbersOf(call.constant(1))[0], given.shape.length);
  const [isExclusive, isReverse] = [call.int('exclusive', 0) !== 0, call.int('reverse', 0) !== 0];
  const [length, inner] = [given.shape[axis], sizeOf(given.shape.slice(axis + 1))];
  return computed(call, given.shape, given.isInteger, () => {
    const values = given.read();
    const result = numberArray(given.isInteger, values.length);
    for (let line = 0; line < values.length / length; line++) {
      const start = Math.floor(line / inner) * length * inner + (line % inner);
      let sum = 0;
      for (let i = 0; i < length; i++) {
        const place = start + (isReverse ? length - 1 - i : i) * inner;
        if (isExclusive) result[place] = sum;
        sum += values[place];
        if (!isExclusive) result[place] = sum;
      }
    }
    return result;
  });
};

/** Blocks of a tensor overwritten at the places that a table names. Source: ONNX operators, ScatterND. */
const scattered: Operator = (call) => {
  const [given, indices, updates] = [0, 1, 2].map((i) => call.constant(i));
  if (call.text('reduction', 'none') !== 'none')
    throw call.problem('adds up what it overwrites, which is not supported');
  const { shape } = given;
  const depth = indices.shape.at(-1) ?? 0;
  const block = sizeOf(shape.slice(depth));
  const count = sizeOf(indices.shape.slice(0, -1));
  if (depth > shape.length || sizeOf(updates.shape) !== count * block) {
    throw call.problem(`cannot put [${updates.shape}] into [${shape}]`);
  }
  return computed(call, shape, given.isInteger, () => {
    const result = given.read().slice();
    const [table, values] = [indices.read(), updates.read()];
    for (let i = 0; i < count; i++) {
      const place = placeIn(shape, table, i * depth, depth);
      result.set(values.subarray(i * block, (i + 1) * block), place * block);
    }
    return result;
  });
};

/** Blocks of a tensor from the places that a table names. Source: ONNX operators, GatherND. */
const picked: Operator = (call) => {
  const [given, indices] = [call.constant(0), call.constant(1)];
  if (call.int('batch_dims', 0) !== 0)
    throw call.problem('picks places batch by batch, which is not supported');
  const { shape } = given;
  const depth = indices.shape.at(-1) ?? 0;
  if (depth > shape.length) throw call.problem(`names ${counted(depth, 'axis', 'axes')} of [${shape}]`);
  const block = sizeOf(shape.slice(depth));
  return computed(call, [...indices.shape.slice(0, -1), ...shape.slice(depth)], given.isInteger, () => {
    const [values, table] = [given.read(), indices.read()];
    const count = sizeOf(indices.shape.slice(0, -1));
    const result = numberArray(given.isInteger, count * block);
    for (let i = 0; i < count; i++) {
      const from = placeIn(shape, table, i * depth, depth) * block;
      for (let k = 0; k < block; k++) result[i * block + k] = values[from + k];
    }
    return result;
  });
};

/** Place of the block that `depth` numbers of a table name; negative ones count from the end. */
function placeIn(shape: readonly number[], table: ArrayLike<number>, from: number, depth: number): number {
  let place = 0;
  for (let axis = 0; axis < depth; axis++) {
    const at = table[from + axis];
    place = place * shape[axis] + (at < 0 ? at + shape[axis] : at);
  }
  return place;
}

export const constantProducts: Operators = {
  MatMul: product,
  Gemm: gemm,
  CumSum: runningSum,
  ScatterND: scattered,
  GatherND: picked,
};
