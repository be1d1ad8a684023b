import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectClose, noise, startBackend, withThreads } from '../../engine/engine-testing';
import { seeds } from '../testing/convolutions';
import { attended } from './smooth-operations';

interface Case {
  heads: number;
  rows: number;
  keys: number;
  depth: number;
  columns: number;
  shifts: number;
  scale: number;
  seed: number;
}

/** Around the sizes at which panels, vectors and rows that are computed together end. */
const size = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom(31, 33, 49, 65, 70) },
);

const cases: fc.Arbitrary<Case> = fc.record({
  heads: fc.integer({ min: 1, max: 3 }),
  ...{ rows: size, keys: size, depth: size, columns: size },
  shifts: fc.integer({ min: 0, max: 2 }),
  scale: fc.constantFrom(0.125, 1, 2),
  seed: seeds,
});

/** Queries, keys and values of all heads lie side by side in rows of one tensor, as a dense layer leaves them. */
function tensorsOf({ heads, rows, keys, depth, columns, shifts, seed }: Case) {
  const width = heads * (2 * depth + columns);
  return {
    all: noise([Math.max(rows, keys), width], seed),
    shifts: Array.from({ length: shifts }, (_, i) => noise([heads, rows, keys], seed + i + 1)),
  };
}

/** Numbers of a row of the result: all heads side by side. */
const writtenRow = ({ heads, columns }: Case) => heads * columns;

async function attentionOf(shape: Case, { all, shifts }: ReturnType<typeof tensorsOf>) {
  const { heads, rows, keys, depth, columns, scale } = shape;
  const row = all.shape[1] as number;
  const ofHeads = (first: number, step: number) =>
    Array.from({ length: heads }, (_, head) => first + head * step);
  const result = attended(
    { queries: all, keys: all, values: all, shifts },
    {
      ...{ rows, keys, depth, columns, scale },
      queries: { places: ofHeads(0, depth), row },
      keysLie: { places: ofHeads(heads * depth, depth), row },
      values: { places: ofHeads(2 * heads * depth, columns), row },
      output: { places: ofHeads(0, columns), row: writtenRow(shape) },
      shape: [rows, heads, columns],
      shifts: shifts.map(() => ofHeads(0, rows * keys)),
    },
  ) as tf.Tensor;
  const values = Array.from(await result.data());
  result.dispose();
  return { shape: result.shape, values };
}

/** The definition, in float64. */
async function byDefinition(shape: Case, { all, shifts }: ReturnType<typeof tensorsOf>) {
  const { heads, rows, keys, depth, columns, scale } = shape;
  const numbers = await all.data();
  const summands = await Promise.all(shifts.map((shift) => shift.data()));
  const row = all.shape[1] as number;
  const values = new Array(rows * heads * columns).fill(0);
  for (let head = 0; head < heads; head++) {
    for (let i = 0; i < rows; i++) {
      const scores = Array.from({ length: keys }, (_, j) => {
        let sum = 0;
        for (let d = 0; d < depth; d++) {
          sum += numbers[i * row + head * depth + d] * numbers[j * row + (heads + head) * depth + d];
        }
        return summands.reduce((score, shift) => score + shift[(head * rows + i) * keys + j], scale * sum);
      });
      const highest = Math.max(...scores);
      const weights = scores.map((score) => Math.exp(score - highest));
      const whole = weights.reduce((a, b) => a + b, 0);
      weights.forEach((weight, j) => {
        for (let c = 0; c < columns; c++) {
          values[(i * heads + head) * columns + c] +=
            (weight / whole) * numbers[j * row + 2 * heads * depth + head * columns + c];
        }
      });
    }
  }
  return { shape: [rows, heads, columns], values };
}

describe('attention in one kernel', () => {
  beforeAll(() => startBackend('wasm'));

  it.each([1, 3])('equals its definition in float64, cut for %i threads', (threads) =>
    withThreads(threads, () =>
      fc.assert(
        fc.asyncProperty(cases, async (shape) => {
          const before = tf.memory().numTensors;
          const tensors = tensorsOf(shape);
          expectClose(await attentionOf(shape, tensors), await byDefinition(shape, tensors), 1e-4);
          tf.dispose([tensors.all, ...tensors.shifts]);
          expect(tf.memory().numTensors).toBe(before);
        }),
        { numRuns: 60 },
      ),
    ),
  );

  it('has the same bits on any number of threads', async () => {
    const shape = { heads: 2, rows: 77, keys: 83, depth: 12, columns: 20, shifts: 1, scale: 0.3, seed: 4 };
    const found: number[][] = [];
    for (const threads of [1, 2, 5]) {
      await withThreads(threads, async () => {
        const tensors = tensorsOf(shape);
        found.push((await attentionOf(shape, tensors)).values);
        tf.dispose([tensors.all, ...tensors.shifts]);
      });
    }
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
  });
});
