import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../semiotics';
import { leadingEigenvector } from './leading-eigenvector';

/** Q diag(values) Q^T, with Q a product of Householder reflections: its eigenpairs are known. */
function matrixWith(values: number[], seed: number): { matrix: number[]; columns: number[][] } {
  const n = values.length;
  const random = seededRandom(seed);
  let q = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => Number(i === j)));
  for (let k = 0; k < 3; k++) {
    const v = Array.from({ length: n }, () => random.next() - 0.5);
    const square = v.reduce((sum, x) => sum + x * x, 0);
    q = q.map((row) => {
      const share = (2 * row.reduce((sum, x, j) => sum + x * v[j], 0)) / square;
      return row.map((x, j) => x - share * v[j]);
    });
  }
  const matrix = q.flatMap((a) =>
    q.map((b) => values.reduce((sum, value, k) => sum + value * a[k] * b[k], 0)),
  );
  return { matrix, columns: values.map((_, k) => q.map((row) => row[k])) };
}

const alignment = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.abs(Array.from(a).reduce((sum, x, i) => sum + x * b[i], 0));

describe('leadingEigenvector', () => {
  it('finds what can be worked out by hand', () => {
    const { value, vector } = leadingEigenvector([2, 1, 1, 2], 2);
    expect(value).toBeCloseTo(3, 12);
    expect(alignment(vector, [Math.SQRT1_2, Math.SQRT1_2])).toBeCloseTo(1, 12);
    const single = leadingEigenvector([5], 1);
    expect(single.value).toBeCloseTo(5, 12);
    expect(Math.abs(single.vector[0])).toBeCloseTo(1, 12);
    expect(leadingEigenvector(new Float32Array(9), 3)).toEqual({ value: 0, vector: new Float64Array(3) });
  });

  it('finds the known vector of matrices of any size, for gaps down to 1 %', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.double({ min: 0.5, max: 0.99, noNaN: true }),
        fc.integer({ min: 1, max: 1000 }),
        (n, ratio, seed) => {
          const values = Array.from({ length: n }, (_, k) => ratio ** k);
          const { matrix, columns } = matrixWith(values, seed);
          const { value, vector } = leadingEigenvector(matrix, n);
          expect(value).toBeCloseTo(1, 9);
          expect(1 - alignment(vector, columns[0])).toBeLessThan(1e-9);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('finds the one large value among many equal ones', () => {
    const { matrix, columns } = matrixWith([1.05, ...Array(59).fill(1)], 3);
    const { vector } = leadingEigenvector(matrix, 60);
    expect(1 - alignment(vector, columns[0])).toBeLessThan(1e-9);
  });

  it('gives the same vector every time, whatever the unit of the matrix', () => {
    const { matrix } = matrixWith([4, 3, 2, 1, 0.5, 0.1], 9);
    const first = leadingEigenvector(matrix, 6).vector;
    expect(leadingEigenvector(matrix, 6).vector).toEqual(first);
    const small = leadingEigenvector(
      matrix.map((entry) => entry * 2 ** -40),
      6,
    ).vector;
    expect(alignment(first, small)).toBeCloseTo(1, 12);
  });

  it('does not hide NaN or infinity', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const { vector } = leadingEigenvector([1, bad, bad, 1], 2);
      expect(vector.every(Number.isNaN)).toBe(true);
    }
  });
});
