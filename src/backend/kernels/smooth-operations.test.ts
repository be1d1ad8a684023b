import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { noise, startBackend, withThreads } from '../../engine/engine-testing';
import { seeds } from '../testing/convolutions';
import {
  normalisedRows,
  normalisedRowsGradient,
  smoothFunction,
  smoothFunctionGradient,
  softmaxGradient,
} from './smooth-operations';

/** Error function by its Taylor series; where that is too long, 1. */
function erf(x: number): number {
  if (Math.abs(x) > 5) return Math.sign(x);
  let [term, sum] = [x, x];
  for (let n = 1; n < 120; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const cumulative = (x: number) => 0.5 * (1 + erf(x / Math.SQRT2));
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const bent = (x: number) => Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3));

const functions = {
  gelu: {
    value: (x: number) => x * cumulative(x),
    slope: (x: number) => cumulative(x) + (x * Math.exp(-x * x * 0.5)) / Math.sqrt(2 * Math.PI),
  },
  'gelu-tanh': {
    value: (x: number) => 0.5 * x * (1 + bent(x)),
    slope: (x: number) => {
      const steep = Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
      return 0.5 * (1 + bent(x)) + 0.5 * x * (1 - bent(x) ** 2) * steep;
    },
  },
  swish: {
    value: (x: number) => x * sigmoid(x),
    slope: (x: number) => sigmoid(x) * (1 + x * (1 - sigmoid(x))),
  },
};

/** The numbers of an own kernel, which is there; it is freed. */
function numbersOf(tensor: tf.Tensor | null): number[] {
  if (!tensor) throw new Error('no kernel of our own');
  const numbers = Array.from(tensor.dataSync());
  tensor.dispose();
  return numbers;
}

/** Numbers apart by no more than a share of the expected one, or of 1 where that is smaller. */
function expectNear(actual: readonly number[], expected: readonly number[], share: number): void {
  expect(actual.length).toBe(expected.length);
  const apart = actual.findIndex(
    (value, i) => !(Math.abs(value - expected[i]) <= share * Math.max(1, Math.abs(expected[i]))),
  );
  expect(apart, `${actual[apart]} at ${apart} instead of ${expected[apart]}`).toBe(-1);
}

/** From far below to far above what decides anything, odd in number so that the last vector is not full. */
const arguments_ = Float32Array.from({ length: 30_007 }, (_, i) => (i - 15_003) / 150);

const matrices = fc.record({
  rows: fc.integer({ min: 1, max: 9 }),
  length: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(49, 197, 511, 512, 513, 1100)),
  spread: fc.constantFrom(0.1, 1, 20),
  offset: fc.constantFrom(0, 3, -40),
  scaled: fc.boolean(),
  shifted: fc.boolean(),
  seed: seeds,
});

type Matrix = typeof matrices extends fc.Arbitrary<infer M> ? M : never;

const matrixOf = ({ rows, length, spread, offset, seed }: Matrix) =>
  tf.tidy(() => tf.add(tf.mul(noise([rows, length], seed), spread), offset));

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** What `work` makes of every row. */
function byRow(tensors: tf.Tensor[], length: number, work: (...rows: number[][]) => number[]): number[] {
  const values = tensors.map((tensor) => Array.from(tensor.dataSync()));
  return Array.from({ length: values[0].length / length }, (_, row) =>
    work(...values.map((all) => all.slice(row * length, (row + 1) * length))),
  ).flat();
}

function softmaxEqualsDefinition(shape: Matrix): void {
  const before = tf.memory().numTensors;
  const [x, dy] = [matrixOf(shape), noise([shape.rows, shape.length], shape.seed + 1)];
  const y = tf.softmax(x);
  const expected = byRow([x], shape.length, (row) => {
    const highest = Math.max(...row);
    const powers = row.map((value) => Math.exp(value - highest));
    return powers.map((value) => value / sumOf(powers));
  });
  expectNear(Array.from(y.dataSync()), expected, 1e-6);
  const gradient = byRow([y, dy], shape.length, (outputs, changes) => {
    const along = sumOf(outputs.map((output, i) => output * changes[i]));
    return outputs.map((output, i) => output * (changes[i] - along));
  });
  expectNear(numbersOf(softmaxGradient(dy, y)), gradient, 2e-6);
  tf.dispose([x, dy, y]);
  expect(tf.memory().numTensors).toBe(before);
}

function normalisationEqualsDefinition(shape: Matrix): void {
  const { rows, length, scaled, shifted, seed } = shape;
  const before = tf.memory().numTensors;
  const [x, dy] = [matrixOf(shape), noise([rows, length], seed + 1)];
  const scale = scaled ? noise([length], seed + 2) : null;
  const shift = shifted ? noise([length], seed + 3) : null;
  const [scales, shifts] = [scale, shift].map((tensor) => tensor && Array.from(tensor.dataSync()));
  const epsilon = 1e-3;
  const parts = (row: number[]) => {
    const mean = sumOf(row) / length;
    const variance = sumOf(row.map((value) => (value - mean) ** 2)) / length;
    const inverse = 1 / Math.sqrt(variance + epsilon);
    return { inverse, normalised: row.map((value) => (value - mean) * inverse) };
  };
  const expected = byRow([x], length, (row) =>
    parts(row).normalised.map((value, i) => value * (scales?.[i] ?? 1) + (shifts?.[i] ?? 0)),
  );
  expectNear(numbersOf(normalisedRows(x, scale, shift, { length, epsilon })), expected, 2e-4);
  const gradient = byRow([x, dy], length, (row, changes) => {
    const { inverse, normalised } = parts(row);
    const g = changes.map((change, i) => change * (scales?.[i] ?? 1));
    const mean = sumOf(g) / length;
    const along = sumOf(g.map((value, i) => value * normalised[i])) / length;
    return g.map((value, i) => inverse * (value - mean - normalised[i] * along));
  });
  expectNear(numbersOf(normalisedRowsGradient(dy, x, scale, { length, epsilon })), gradient, 3e-4);
  tf.dispose([x, dy, scale, shift].filter((tensor) => tensor !== null));
  expect(tf.memory().numTensors).toBe(before);
}

beforeAll(() => startBackend('wasm'));

describe.each(['gelu', 'gelu-tanh', 'swish'] as const)('%s', (which) => {
  it('is its definition in float64, and so is its gradient, with the same bits on any number of threads', async () => {
    const { value, slope } = functions[which];
    const x = tf.tensor1d(arguments_);
    const dy = noise([x.size], 4);
    const changes = Array.from(dy.dataSync());
    const found: number[][] = [];
    for (const threads of [1, 3]) {
      await withThreads(threads, async () => {
        const [forward, backward] = [smoothFunction(which, x), smoothFunctionGradient(which, dy, x)];
        found.push([...numbersOf(forward), ...numbersOf(backward)]);
      });
    }
    const exact = Array.from(arguments_);
    expectNear(found[0].slice(0, x.size), exact.map(value), 2e-6);
    expectNear(
      found[0].slice(x.size),
      exact.map((at, i) => changes[i] * slope(at)),
      5e-6,
    );
    expect(found[1]).toEqual(found[0]);
    tf.dispose([x, dy]);
  });

  it('leaves what is no number none', () => {
    const x = tf.tensor1d([Number.NaN, 1]);
    expect(numbersOf(smoothFunction(which, x))[0]).toBeNaN();
    expect(numbersOf(smoothFunctionGradient(which, x, x))[0]).toBeNaN();
    x.dispose();
  });
});

describe('the exponential and the error function', () => {
  it('are those of float64, to the last numbers that float32 has', () => {
    const numbers = Float32Array.from([...arguments_, -103.9, 88.72, 89, -1000, 1e9, Number.NaN]);
    const x = tf.tensor1d(numbers);
    const [powers, errors] = [tf.exp(x), tf.erf(x)];
    const [found, expected] = [
      powers.dataSync(),
      Array.from(numbers, (value) => Math.fround(Math.exp(value))),
    ];
    const wrong = expected.findIndex((value, i) => {
      if (Number.isNaN(value)) return !Number.isNaN(found[i]);
      if (!Number.isFinite(value) || value === 0) return found[i] !== value;
      // Numbers that lost digits are as near as those digits allow.
      return Math.abs(found[i] - value) > 2e-7 * value + 2e-45;
    });
    expect(wrong, `${found[wrong]} instead of ${expected[wrong]}`).toBe(-1);
    expectNear(Array.from(errors.dataSync()).slice(0, -1), Array.from(numbers, erf).slice(0, -1), 5e-7);
    tf.dispose([x, powers, errors]);
  });

  it('are those of float64 at any number, and the error function is 1 where float32 has nothing nearer', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -12, max: 12, noNaN: true }), { minLength: 1 }), (numbers) => {
        const x = tf.tensor1d(numbers);
        const [powers, errors] = [tf.exp(x), tf.erf(x)].map(numbersOf);
        x.dispose();
        numbers.forEach((value, i) => {
          expect(Math.abs(powers[i] / Math.exp(value) - 1)).toBeLessThan(2e-7);
          if (Math.abs(value) > 4) expect(errors[i]).toBe(Math.sign(value));
          else expect(Math.abs(errors[i] - erf(value))).toBeLessThan(5e-7);
        });
      }),
    );
    const far = tf.tensor1d([3e38, Number.NaN]);
    expect(numbersOf(tf.erf(far))).toEqual([1, Number.NaN]);
    far.dispose();
  });
});

describe.each([1, 3])('along the rows of a matrix, cut for %i threads', (threads) => {
  it('a softmax and its gradient are their definitions in float64', () =>
    withThreads(threads, async () =>
      fc.assert(fc.property(matrices, softmaxEqualsDefinition), { numRuns: 60 }),
    ));

  it('a normalisation and its gradient are their definitions in float64', () =>
    withThreads(threads, async () =>
      fc.assert(fc.property(matrices, normalisationEqualsDefinition), { numRuns: 60 }),
    ));
});

describe('a softmax', () => {
  it('gives nothing to what is infinitely far below', () => {
    const y = tf.softmax(tf.tensor1d([0, Number.NEGATIVE_INFINITY, 0, -200, 0]));
    const third = Math.fround(1 / 3);
    expect(Array.from(y.dataSync())).toEqual([third, 0, third, 0, third]);
    y.dispose();
  });
});
