import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../../engine/engine-testing';
import { type OperationSpec, shapeOf } from '..';
import { MisfitError } from '../operation';
import { innerProduct, type Numbers, randomNumbers } from '../testing/reference';
import { expectAdjoint, expectClose, runOperation } from '../testing/run-operation';

/** Stacks of matrices multiplied by their definition; `at` gives a factor's number for outer place, row and column. */
function multiplied(
  outer: number,
  [rows, depth, columns]: readonly [number, number, number],
  a: (outer: number, row: number, column: number) => number,
  b: (outer: number, row: number, column: number) => number,
): number[] {
  const values: number[] = [];
  for (let o = 0; o < outer; o++)
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++) {
        let sum = 0;
        for (let k = 0; k < depth; k++) sum += a(o, r, k) * b(o, k, c);
        values.push(sum);
      }
  return values;
}

const matrixAt =
  ({ shape, values }: Numbers, transposed: boolean) =>
  (outer: number, row: number, column: number) => {
    const [height, width] = shape.slice(-2);
    const [y, x] = transposed ? [column, row] : [row, column];
    return values[(outer * height + y) * width + x];
  };

describe.each(['cpu', 'wasm'] as const)('operations of any rank on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ] as const)(
    'products of stacked matrices are their definition, and so are their gradients',
    (left, right) => {
      const [rows, depth, columns] = [4, 3, 5];
      const a = randomNumbers([2, 3, ...(left ? [depth, rows] : [rows, depth])], 1);
      const b = randomNumbers([2, 3, ...(right ? [columns, depth] : [depth, columns])], 2);
      const { output, gradients, dy } = runOperation({ type: 'matrix-product', transposed: [left, right] }, [
        a,
        b,
      ]);
      const [atA, atB, atDy] = [matrixAt(a, left), matrixAt(b, right), matrixAt(dy, false)];
      expectClose(output, multiplied(6, [rows, depth, columns], atA, atB));
      const transposedB = (o: number, r: number, c: number) => atB(o, c, r);
      const transposedA = (o: number, r: number, c: number) => atA(o, c, r);
      const towardsA = multiplied(6, [rows, columns, depth], atDy, transposedB);
      const towardsB = multiplied(6, [depth, rows, columns], transposedA, atDy);
      const turned = (values: number[], height: number, width: number) =>
        values.map((_, i) => {
          const [o, y, x] = [Math.floor(i / (height * width)), Math.floor(i / height) % width, i % height];
          return values[(o * height + x) * width + y];
        });
      expectClose(gradients[0], left ? turned(towardsA, rows, depth) : towardsA);
      expectClose(gradients[1], right ? turned(towardsB, depth, columns) : towardsB);
    },
  );

  it('a factor that is repeated gets the sum of the gradients', () => {
    const [a, b] = [randomNumbers([2, 3, 4, 5], 3), randomNumbers([2, 1, 5, 2], 4)];
    const spec = { type: 'matrix-product', transposed: [false, false] } as const;
    const { output, gradients, dy } = runOperation(spec, [a, b]);
    // The product is linear in each factor.
    expect(innerProduct(output, dy.values)).toBeCloseTo(innerProduct(b.values, gradients[1]), 4);
    expect(innerProduct(output, dy.values)).toBeCloseTo(innerProduct(a.values, gradients[0]), 4);
    expectClose(
      output.slice(0, 3 * 4 * 2),
      multiplied(3, [4, 5, 2], matrixAt(a, false), (_, row, column) => b.values[row * 2 + column]),
    );
  });

  it.each<[OperationSpec<tf.Tensor>, number[]]>([
    [{ type: 'gather', axis: 1, places: [2, 0, 2, 2, 1] }, [2, 4, 3, 2]],
    [{ type: 'gather', axis: 0, places: [5] }, [1, 6]],
    [{ type: 'expand', shape: [4, 3, 2] }, [2, 4, 1, 2]],
    [{ type: 'expand', shape: [5, 1, 3] }, [1, 1, 1, 3]],
  ])('%j is linear, and its gradient its transpose', (spec, shape) => {
    expectAdjoint(spec, [randomNumbers(shape, 5)]);
  });

  it('picks places as NumPy does', () => {
    const x = randomNumbers([1, 2, 3], 6);
    const { output } = runOperation({ type: 'gather', axis: 1, places: [2, 2, 0] }, [x]);
    const [a, b, c, d, e, f] = x.values;
    expectClose(output, [c, c, a, f, f, d]);
    expect([b, e].every((value) => !Array.from(output).includes(value))).toBe(true);
  });

  it('a constant is there for every picture, and takes no gradient', () => {
    const value = tf.tensor([1, 2, 3], [3]);
    const { output, gradients } = runOperation({ type: 'constant', value }, [randomNumbers([2, 3], 7)]);
    expect(Array.from(output)).toEqual([1, 2, 3, 1, 2, 3]);
    expect(Array.from(gradients[0])).toEqual([0, 0, 0, 0, 0, 0]);
    value.dispose();
  });
});

describe('what does not fit', () => {
  it.each<[OperationSpec<tf.Tensor>, number[][]]>([
    [
      { type: 'matrix-product', transposed: [false, false] },
      [
        [3, 4],
        [3, 4],
      ],
    ],
    [
      { type: 'matrix-product', transposed: [false, true] },
      [
        [2, 3, 4],
        [3, 3, 4],
      ],
    ],
    [{ type: 'matrix-product', transposed: [false, false] }, [[4], [4, 2]]],
    [{ type: 'gather', axis: 0, places: [3] }, [[3]]],
    [{ type: 'gather', axis: 0, places: [] }, [[3]]],
    [{ type: 'expand', shape: [2, 3] }, [[2, 2]]],
    [{ type: 'expand', shape: [3] }, [[1, 3]]],
  ])('%j is said', (spec, shapes) => {
    expect(() => shapeOf(spec, shapes)).toThrow(MisfitError);
  });
});
