import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  expectClose,
  noise,
  startBackend,
  withRelaxedKernels,
  withThreads,
} from '../../engine/engine-testing';
import { seeds } from '../testing/convolutions';
import { bentProduct, smoothFunction } from './smooth-operations';

type Activation = 'linear' | 'relu' | 'relu6' | 'elu' | 'sigmoid' | 'leakyrelu' | 'prelu';

interface Case {
  /** Of one product: [rows, depth] times [depth, columns]. */
  rows: number;
  depth: number;
  columns: number;
  /** Axes in front of the last two of both factors; they broadcast. */
  batches: [number[], number[]];
  turned: [boolean, boolean];
  activation: Activation;
  biased: boolean;
  seed: number;
}

/** Around the sizes at which blocks, panels and parts of a sum end. */
const size = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom(31, 32, 63, 65, 127, 129, 197) },
);
const depths = fc.oneof(
  { weight: 5, arbitrary: size },
  { weight: 1, arbitrary: fc.constantFrom(511, 512, 513, 1030) },
);

const batches = fc.oneof(
  fc.constantFrom<[number[], number[]]>([[], []], [[1], [1]]),
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.constantFrom('both', 'a', 'b')), { maxLength: 3 })
    .chain((axes) =>
      fc
        .tuple(fc.integer({ min: 0, max: axes.length }), fc.boolean())
        .map(([missing, ofA]): [number[], number[]] => {
          const [a, b] = ['a', 'b'].map((of) =>
            axes.map(([n, whose]) => (whose === 'both' || whose === of ? n : 1)),
          );
          // One of them may have fewer axes.
          return ofA ? [a.slice(missing), b] : [a, b.slice(missing)];
        }),
    ),
);

const cases: fc.Arbitrary<Case> = fc.record({
  rows: size,
  depth: depths,
  columns: size,
  batches,
  turned: fc.tuple(fc.boolean(), fc.boolean()),
  activation: fc.constantFrom<Activation>('linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'),
  biased: fc.boolean(),
  seed: seeds,
});

const SLOPE = 0.3;

const functions: Record<Activation, (x: number, slope: number) => number> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  relu6: (x) => Math.min(6, Math.max(0, x)),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  leakyrelu: (x) => (x > 0 ? x : SLOPE * x),
  prelu: (x, slope) => (x > 0 ? x : slope * x),
};

/** The factors of a case, and what else it reads. */
function inputsOf({ rows, depth, columns, batches, turned, seed }: Case) {
  const faces = (face: number[], isTurned: boolean) => (isTurned ? face.reverse() : face);
  return {
    a: noise([...batches[0], ...faces([rows, depth], turned[0])], seed),
    b: noise([...batches[1], ...faces([depth, columns], turned[1])], seed + 1),
    bias: noise([columns], seed + 2),
    slopes: noise([columns], seed + 3),
  };
}

/** The definition, in float64. */
async function byDefinition(shape: Case, tensors: ReturnType<typeof inputsOf>, fused: boolean) {
  const { rows, depth, columns, batches, turned, activation, biased } = shape;
  const [a, b, bias, slopes] = await Promise.all(
    [tensors.a, tensors.b, tensors.bias, tensors.slopes].map((tensor) => tensor.data()),
  );
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(batches[0], batches[1]);
  /** Number of the matrix that a factor has at some place of the batch. */
  const matrixAt = (own: number[], place: number[]) =>
    own.reduce((index, n, axis) => index * n + (n === 1 ? 0 : place[batch.length - own.length + axis]), 0);
  const values: number[] = [];
  for (let product = 0; product < tf.util.sizeFromShape(batch); product++) {
    const place =
      batch.length === 0 ? [] : tf.util.indexToLoc(product, batch.length, tf.util.computeStrides(batch));
    const [ofA, ofB] = batches.map((own) => matrixAt(own, place));
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let sum = fused && biased ? bias[j] : 0;
        for (let k = 0; k < depth; k++) {
          const x = a[ofA * rows * depth + (turned[0] ? k * rows + i : i * depth + k)];
          sum += x * b[ofB * depth * columns + (turned[1] ? j * depth + k : k * columns + j)];
        }
        values.push(fused ? functions[activation](sum, slopes[j]) : sum);
      }
    }
  }
  return { shape: [...batch, rows, columns], values };
}

async function productOf(shape: Case, { a, b, bias, slopes }: ReturnType<typeof inputsOf>, fused: boolean) {
  const { turned, activation, biased } = shape;
  const attributes = { transposeA: turned[0], transposeB: turned[1], activation, leakyreluAlpha: SLOPE };
  const result = tf.engine().runKernel(
    fused ? tf._FusedMatMul : tf.BatchMatMul,
    {
      ...{ a, b },
      ...(fused && biased && { bias }),
      ...(fused && activation === 'prelu' && { preluActivationWeights: slopes }),
    } as never,
    attributes as never,
  ) as tf.Tensor;
  const values = Array.from(await result.data());
  result.dispose();
  return { shape: result.shape, values };
}

async function equalsDefinition(shape: Case): Promise<void> {
  const before = tf.memory();
  const tensors = inputsOf(shape);
  for (const fused of [false, true]) {
    const expected = await byDefinition(shape, tensors, fused);
    expectClose(await productOf(shape, tensors, fused), expected, 2e-5 * Math.sqrt(Math.max(1, shape.depth)));
  }
  tf.dispose(tensors);
  const after = tf.memory();
  expect([after.numTensors, after.numBytes]).toEqual([before.numTensors, before.numBytes]);
}

describe.each([1, 3])('products of matrices, cut for %i threads', (threads) => {
  beforeAll(() => startBackend('wasm'));

  it('equal their definition in float64: any size, batch, side, bias and activation', () =>
    withThreads(threads, () => fc.assert(fc.asyncProperty(cases, equalsDefinition), { numRuns: 150 })));
});

describe('products of matrices with relaxed SIMD, in blocks of six rows', () => {
  beforeAll(() => startBackend('wasm'));

  it('equal their definition in float64: any size, batch, side, bias and activation', () =>
    withRelaxedKernels(() => fc.assert(fc.asyncProperty(cases, equalsDefinition), { numRuns: 150 })));
});

describe('a product', () => {
  beforeAll(() => startBackend('wasm'));

  it('of a bias and whole panels equals its definition in float64, with any number of rows over', async () => {
    for (const rows of [1, 2, 3, 64, 69, 130]) {
      for (const activation of ['linear', 'relu', 'relu6'] as const) {
        const shape: Omit<Case, 'turned'> = {
          ...{ rows, depth: 40, columns: 136, batches: [[2], [1]], activation, biased: true, seed: rows },
        };
        for (const turned of [false, true]) await equalsDefinition({ ...shape, turned: [false, turned] });
      }
    }
  });

  it('with one row over equals its definition in float64, whatever of panels and of fours of the depth is left', async () => {
    for (const rows of [5, 49]) {
      for (const depth of [6, 33, 515]) {
        for (const columns of [8, 32, 45, 100]) {
          const rest = { activation: 'linear' as const, biased: true, seed: columns };
          await equalsDefinition({
            rows,
            depth,
            columns,
            batches: [[2], [1]],
            turned: [false, false],
            ...rest,
          });
        }
      }
    }
  });

  it('has the bits of a row however many rows there are, in blocks of four as of six', async () => {
    const [a, b, bias] = [noise([26, 600], 1), noise([600, 100], 2), noise([100], 3)];
    const shallow = [tf.slice(a, [0, 0], [26, 40]), tf.slice(b, [0, 0], [40, 96]), tf.slice(bias, 0, 96)];
    const anyRowsHaveTheirBits = async () => {
      for (const [left, right, summand] of [[a, b, bias], shallow] as [
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor,
      ][]) {
        const all = tf.fused.matMul({ a: left, b: right, bias: summand, activation: 'relu' });
        for (let rows = 2; rows < 26; rows++) {
          const some = tf.slice(left, [0, 0], [rows, left.shape[1]]) as tf.Tensor2D;
          const few = tf.fused.matMul({ a: some, b: right, bias: summand, activation: 'relu' });
          expect([...(await few.data())]).toEqual([...(await all.data()).slice(0, few.size)]);
          tf.dispose([some, few]);
        }
        all.dispose();
      }
    };
    await anyRowsHaveTheirBits();
    await withRelaxedKernels(anyRowsHaveTheirBits);
    tf.dispose([a, b, bias, shallow]);
  });

  it('with a smooth function behind it has the bits that both have one after the other', async () => {
    for (const threads of [1, 2]) {
      await withThreads(threads, async () => {
        for (const [rows, depth, columns] of [
          [71, 40, 136],
          [70, 600, 50],
          [5, 7, 3],
        ]) {
          const [a, b, bias] = [noise([rows, depth], 1), noise([depth, columns], 2), noise([columns], 3)];
          for (const which of ['gelu', 'gelu-tanh', 'swish'] as const) {
            const before = tf.memory().numTensors;
            const sums = tf.fused.matMul({ a: a as tf.Tensor2D, b: b as tf.Tensor2D, bias });
            const both = smoothFunction(which, sums) as tf.Tensor;
            const once = bentProduct(which, a as tf.Tensor2D, b as tf.Tensor2D, bias) as tf.Tensor;
            expect([...(await once.data())]).toEqual([...(await both.data())]);
            tf.dispose([sums, both, once]);
            expect(tf.memory().numTensors).toBe(before);
          }
          tf.dispose([a, b, bias]);
        }
      });
    }
  });

  it('has the same bits on any number of threads', async () => {
    const sides: [boolean, boolean][] = [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ];
    const shapes = [
      { rows: 70, depth: 600, columns: 50 },
      { rows: 1, depth: 300, columns: 250 },
      { rows: 250, depth: 300, columns: 1 },
      { rows: 300, depth: 33, columns: 5 },
      // Whose sums go straight to the output.
      { rows: 71, depth: 100, columns: 136 },
    ];
    const all = shapes.flatMap((shape, i) =>
      sides.map(
        (turned): Case => ({
          ...shape,
          turned,
          batches: [[], []],
          activation: 'relu',
          biased: true,
          seed: i + 1,
        }),
      ),
    );
    const found: number[][][] = [];
    for (const threads of [1, 2, 5]) {
      await withThreads(threads, async () => {
        const results: number[][] = [];
        for (const one of all) {
          const tensors = inputsOf(one);
          for (const fused of [false, true]) results.push((await productOf(one, tensors, fused)).values);
          tf.dispose(tensors);
        }
        found.push(results);
      });
    }
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toEqual(found[0]);
  });

  it('reads one second factor in two shapes', async () => {
    const b = noise([4096, 8], 3) as tf.Tensor2D;
    const numbers = await b.data();
    for (const [depth, columns] of [
      [4096, 8],
      [8, 4096],
      [64, 512],
      [4096, 8],
    ]) {
      const a = noise([2, depth], 4) as tf.Tensor2D;
      const product = tf.tidy(() => tf.matMul(a, tf.reshape(b, [depth, columns])));
      const left = await a.data();
      const expected: number[] = [];
      for (let i = 0; i < 2 * columns; i++) {
        let sum = 0;
        for (let k = 0; k < depth; k++) {
          sum += left[Math.floor(i / columns) * depth + k] * numbers[k * columns + (i % columns)];
        }
        expected.push(sum);
      }
      expectClose(
        { shape: product.shape, values: Array.from(await product.data()) },
        { shape: [2, columns], values: expected },
        1e-3,
      );
      tf.dispose([a, product]);
    }
    b.dispose();
  });

  it('names factors that do not fit', () => {
    const [a, b] = [tf.zeros([2, 3]), tf.zeros([4, 2])] as tf.Tensor2D[];
    expect(() => tf.matMul(a, b)).toThrow('inner shapes (3) and (4)');
    tf.dispose([a, b]);
  });
});
