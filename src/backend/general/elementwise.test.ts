import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectClose, kernelOn, noise, startBackend, withThreads } from '../../engine/engine-testing';
import { seeds } from '../testing/convolutions';

beforeAll(async () => {
  await startBackend('wasm');
  await startBackend('cpu');
});

/** Shapes that broadcast to one another: axes of either may be of one place, or missing in front. */
const pairs = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 7 }), fc.constantFrom('both', 'a', 'b')), { maxLength: 5 })
  .chain((axes) =>
    fc.record({
      a: fc.constant(axes.map(([size, own]) => (own === 'b' ? 1 : size))),
      b: fc.constant(axes.map(([size, own]) => (own === 'a' ? 1 : size))),
      missing: fc.integer({ min: 0, max: axes.length }),
    }),
  )
  .map(({ a, b, missing }) => ({ a, b: b.slice(a.slice(0, missing).length) }));

/** Small whole numbers, so that some are equal, as floats or as themselves. */
const whole = (shape: number[], seed: number, dtype: 'float32' | 'int32' | 'bool', low = -3) =>
  tf.tidy(() => {
    const values = tf.randomUniform(shape, low, 4, 'float32', seed).dataSync();
    return tf.tensor(
      Array.from(values, (value) => (dtype === 'bool' ? Number(value > 0) : Math.floor(value))),
      shape,
      dtype,
    );
  });

const close = async (
  kernel: string,
  inputs: () => Record<string, tf.Tensor>,
  attributes: object = {},
  tolerance = 0,
) =>
  expectClose(
    await kernelOn('wasm', kernel, inputs, attributes),
    await kernelOn('cpu', kernel, inputs, attributes),
    tolerance,
  );

describe('elementwise kernels of two tensors equal the CPU backend for any shapes that broadcast', () => {
  it.each([
    [tf.Add, 0],
    [tf.Sub, 0],
    [tf.Multiply, 0],
    [tf.Maximum, 0],
    [tf.Minimum, 0],
    [tf.SquaredDifference, 1e-5],
  ])('%s', (kernel, tolerance) =>
    fc.assert(
      fc.asyncProperty(pairs, seeds, fc.boolean(), async ({ a, b }, seed, isWhole) => {
        const of = (shape: number[], n: number) => (isWhole ? whole(shape, n, 'int32') : noise(shape, n));
        await close(kernel, () => ({ a: of(a, seed), b: of(b, seed + 1) }), {}, tolerance);
      }),
      { numRuns: 30 },
    ),
  );

  it.each([tf.Equal, tf.NotEqual, tf.Less, tf.LessEqual, tf.Greater, tf.GreaterEqual])('%s', (kernel) =>
    fc.assert(
      fc.asyncProperty(pairs, seeds, fc.boolean(), async ({ a, b }, seed, isWhole) => {
        const type = isWhole ? 'int32' : 'float32';
        await close(kernel, () => ({ a: whole(a, seed, type), b: whole(b, seed + 1, type) }));
      }),
      { numRuns: 20 },
    ),
  );

  it.each([tf.LogicalAnd, tf.LogicalOr])('%s', (kernel) =>
    fc.assert(
      fc.asyncProperty(pairs, seeds, ({ a, b }, seed) =>
        close(kernel, () => ({ a: whole(a, seed, 'bool'), b: whole(b, seed + 1, 'bool') })),
      ),
      { numRuns: 30 },
    ),
  );

  it.each([tf.RealDiv, tf.Pow, tf.Mod, tf.FloorDiv])('%s', (kernel) =>
    fc.assert(
      fc.asyncProperty(pairs, seeds, ({ a, b }, seed) =>
        close(
          kernel,
          () => ({
            a: whole(a, seed, 'float32', kernel === tf.Pow ? 0 : -3),
            b: whole(b, seed + 1, 'float32', 1),
          }),
          {},
          1e-6,
        ),
      ),
      { numRuns: 30 },
    ),
  );

  it('Prelu, and the gradient of Elu', () =>
    fc.assert(
      fc.asyncProperty(pairs, seeds, async ({ a, b }, seed) => {
        await close(tf.Prelu, () => ({ x: noise(a, seed), alpha: noise(b, seed + 1) }), {}, 1e-6);
        await close(tf.EluGrad, () => ({ dy: noise(a, seed), y: noise(a, seed + 1) }), {}, 1e-6);
      }),
      { numRuns: 30 },
    ));
});

describe('functions of single numbers', () => {
  /** From where float32 loses digits to where it ends, both signs, and what is no number. */
  const numbers = () => {
    const sizes = [
      0, 1e-40, 1e-20, 1e-7, 0.01, 0.2, 0.34, 0.5, 0.62, 0.63, 1, 1.5, 2.5, 7, 20, 90, 1e5, 1e30,
    ];
    return tf.tensor1d([...sizes, ...sizes.map((size) => -size), NaN, Infinity, -Infinity]);
  };
  const round = (x: number) => {
    const below = Math.floor(x);
    return x - below === 0.5 ? below + (Math.abs(below) % 2) : Math.round(x);
  };
  const elu = (x: number) => (x >= 0 ? x : Math.expm1(x));
  const definitions: Record<string, (x: number) => number> = {
    [tf.Neg]: (x) => -x,
    [tf.Abs]: Math.abs,
    [tf.Square]: (x) => x * x,
    [tf.Sqrt]: Math.sqrt,
    [tf.Rsqrt]: (x) => 1 / Math.sqrt(x),
    [tf.Reciprocal]: (x) => 1 / x,
    [tf.Round]: round,
    [tf.Floor]: Math.floor,
    [tf.Ceil]: Math.ceil,
    [tf.Log]: Math.log,
    [tf.Log1p]: Math.log1p,
    [tf.Exp]: Math.exp,
    [tf.Expm1]: Math.expm1,
    [tf.Tanh]: Math.tanh,
    [tf.Sigmoid]: (x) => 1 / (1 + Math.exp(-x)),
    [tf.Softplus]: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
    [tf.Elu]: elu,
    [tf.Selu]: (x) => 1.0507009873554805 * (x >= 0 ? x : 1.6732632423543772 * Math.expm1(x)),
    [tf.Sin]: Math.sin,
    [tf.Cos]: Math.cos,
  };

  it.each(Object.keys(definitions))('%s has seven digits', async (kernel) => {
    const { values } = await kernelOn('wasm', kernel, () => ({ x: numbers() }), {});
    const x = Array.from(numbers().dataSync());
    const wrong = values.flatMap((value, i) => {
      const exact = Math.fround(definitions[kernel](x[i]));
      const near = Object.is(value, exact) || value === exact || (Number.isNaN(value) && Number.isNaN(exact));
      // Where float32 has fewer digits, as many as it has there.
      return near || Math.abs(value - exact) <= Math.abs(exact) * 4e-7 + 1e-37 ? [] : [[x[i], value, exact]];
    });
    expect(wrong).toEqual([]);
  });

  it('with numbers of their own: bounds, slopes, steps', async () => {
    const x = () => ({ x: tf.tensor1d([-3, -0.5, 0, 0.5, 3, 7, NaN]) });
    const of = async (kernel: string, attributes: object) =>
      (await kernelOn('wasm', kernel, x, attributes)).values;
    expect(await of(tf.ClipByValue, { clipValueMin: -1, clipValueMax: 2 })).toEqual([
      -1,
      -0.5,
      0,
      0.5,
      2,
      2,
      NaN,
    ]);
    expect(await of(tf.LeakyRelu, { alpha: 0.5 })).toEqual([-1.5, -0.25, 0, 0.5, 3, 7, NaN]);
    expect(await of(tf.Step, { alpha: 0.25 })).toEqual([0.25, 0.25, 0.25, 1, 1, 1, NaN]);
    expect(await of(tf.Sign, {})).toEqual([-1, -1, 0, 1, 1, 1, 0]);
    expect(await of(tf.IsNan, {})).toEqual([0, 0, 0, 0, 0, 0, 1]);
  });

  it('of whole numbers and truth values', async () => {
    await close(tf.Abs, () => ({ x: whole([5, 3], 1, 'int32') }));
    await close(tf.Neg, () => ({ x: whole([5, 3], 2, 'int32') }));
    await close(tf.LogicalNot, () => ({ x: whole([9], 3, 'bool') }));
    for (const dtype of ['int32', 'bool', 'float32']) {
      await close(tf.Cast, () => ({ x: tf.tensor1d([1.7, -1.7, 0, 3]) }), { dtype });
      await close(tf.Cast, () => ({ x: whole([9], 4, 'bool') }), { dtype });
    }
  });
});

it('Select takes of either tensor by a condition of its shape, or of its first axis', () =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.boolean(), seeds, async (size, isWhole, seed) => {
      await tf.setBackend('wasm');
      const [condition, t, e] = [
        whole(isWhole ? [size, 5] : [size], seed, 'bool'),
        noise([size, 5], 1),
        noise([size, 5], 2),
      ];
      const chosen = await kernelOn(
        'wasm',
        tf.Select,
        () => ({ condition: condition.clone(), t: t.clone(), e: e.clone() }),
        {},
      );
      const [which, yes, no] = [condition, t, e].map((tensor) => Array.from(tensor.dataSync()));
      const values = yes.map((value, i) => (which[isWhole ? i : Math.floor(i / 5)] ? value : no[i]));
      expect(chosen).toEqual({ shape: [size, 5], values });
      tf.dispose([condition, t, e]);
    }),
    { numRuns: 20 },
  ));

it('is the same, bit for bit, however the work is cut for threads', async () => {
  const found: Buffer[] = [];
  for (const threads of [1, 2, 5]) {
    await withThreads(threads, async () => {
      const result = tf.tidy(() => {
        const x = noise([3, 40, 17, 33], 1);
        const y = tf.add(tf.mul(x, noise([17, 1], 2)), noise([3, 1, 1, 33], 3));
        const z = tf.tanh(tf.transpose(y, [0, 3, 1, 2]));
        return [
          tf.sum(z, [0, 2]),
          tf.mean(z, [1, 3]),
          tf.max(z, 1),
          tf.where(tf.greater(z, 0), z, tf.exp(z)),
        ];
      });
      found.push(Buffer.concat(result.map((tensor) => Buffer.from(tensor.dataSync().slice().buffer))));
      tf.dispose(result);
    });
  }
  expect(found[1].equals(found[0])).toBe(true);
  expect(found[2].equals(found[0])).toBe(true);
});
