import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectClose, kernelOn, noise, startBackend } from '../../engine/engine-testing';
import { seeds } from '../testing/convolutions';

beforeAll(async () => {
  await startBackend('wasm');
  await startBackend('cpu');
});

const shapes = (least: number, most: number, side = 6) =>
  fc.array(fc.integer({ min: 1, max: side }), { minLength: least, maxLength: most });

const equal = async (
  kernel: string,
  inputs: () => Record<string, tf.Tensor>,
  attributes: object,
  tolerance = 0,
) =>
  expectClose(
    await kernelOn('wasm', kernel, inputs, attributes),
    await kernelOn('cpu', kernel, inputs, attributes),
    tolerance,
  );

/** Numbers of one of the types that differ in bytes. */
const ofType = (dtype: 'float32' | 'int32' | 'bool', shape: number[], seed: number) =>
  tf.tidy(() => {
    const x = noise(shape, seed);
    return dtype === 'bool' ? tf.greater(x, 0) : tf.cast(tf.mul(x, 100), dtype);
  });
const types = fc.constantFrom('float32' as const, 'int32' as const, 'bool' as const);

describe('kernels that arrange numbers equal the CPU backend', () => {
  it('Transpose: any order of up to five axes', () =>
    fc.assert(
      fc.asyncProperty(
        shapes(1, 5, 9).chain((shape) =>
          fc.record({
            shape: fc.constant(shape),
            perm: fc.shuffledSubarray(
              shape.map((_, axis) => axis),
              { minLength: shape.length },
            ),
          }),
        ),
        types,
        seeds,
        ({ shape, perm }, type, seed) =>
          equal(tf.Transpose, () => ({ x: ofType(type, shape, seed) }), { perm }),
      ),
      { numRuns: 40 },
    ));

  it('Transpose of planes larger than a band', () =>
    fc.assert(
      fc.asyncProperty(shapes(2, 3, 40), seeds, (shape, seed) =>
        equal(tf.Transpose, () => ({ x: noise(shape, seed) }), { perm: shape.map((_, i) => i).reverse() }),
      ),
      { numRuns: 40 },
    ));

  it('Slice and StridedSlice: any place, size and step, also backwards', () => {
    const cuts = shapes(1, 5).chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        ends: fc.tuple(...shape.map((size) => fc.tuple(fc.nat(size - 1), fc.nat(size - 1)))),
        steps: fc.tuple(...shape.map(() => fc.integer({ min: 1, max: 3 }))),
      }),
    );
    return fc.assert(
      fc.asyncProperty(cuts, types, seeds, async ({ shape, ends, steps }, type, seed) => {
        const inputs = () => ({ x: ofType(type, shape, seed) });
        const sorted = ends.map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1]);
        const begin = sorted.map(([first]) => first);
        await equal(tf.Slice, inputs, { begin, size: sorted.map(([first, after]) => after - first) });
        const masks = { beginMask: 0, endMask: 0, ellipsisMask: 0, newAxisMask: 0, shrinkAxisMask: 0 };
        const end = sorted.map(([, after]) => after);
        await equal(tf.StridedSlice, inputs, { begin, end, strides: steps, ...masks });
        const back = {
          begin: sorted.map(([, after]) => after - 1),
          end: begin.map((at) => at - shape.length - 99),
        };
        await equal(tf.StridedSlice, inputs, { ...back, strides: steps.map((step) => -step), ...masks });
      }),
      { numRuns: 40 },
    );
  });

  it('PadV2, Reverse and Tile', () => {
    const cases = shapes(1, 5).chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        paddings: fc.tuple(...shape.map(() => fc.tuple(fc.nat(2), fc.nat(2)))),
        dims: fc.subarray(shape.map((_, axis) => axis)),
        reps: fc.tuple(...shape.map(() => fc.integer({ min: 1, max: 3 }))),
      }),
    );
    return fc.assert(
      fc.asyncProperty(cases, seeds, async ({ shape, paddings, dims, reps }, seed) => {
        const inputs = () => ({ x: noise(shape, seed) });
        await equal(tf.PadV2, inputs, { paddings, constantValue: 2.5 });
        await equal(tf.Reverse, inputs, { dims });
        await equal(tf.Tile, inputs, { reps });
      }),
      { numRuns: 40 },
    );
  });

  it('Concat, Pack and their ways back', () => {
    const cases = shapes(1, 4).chain((shape) =>
      fc.record({ shape: fc.constant(shape), axis: fc.nat(shape.length - 1), others: shapes(1, 3) }),
    );
    return fc.assert(
      fc.asyncProperty(cases, types, seeds, async ({ shape, axis, others }, type, seed) => {
        const sizes = [shape[axis], ...others];
        const parts = () =>
          sizes.map((size, i) =>
            ofType(
              type,
              shape.map((own, at) => (at === axis ? size : own)),
              seed + i,
            ),
          );
        await equal(tf.Concat, parts as never, { axis });
        await equal(tf.Pack, (() => sizes.map((_, i) => ofType(type, shape, seed + i))) as never, { axis });
        for (const backend of ['wasm', 'cpu']) {
          await tf.setBackend(backend);
          tf.tidy(() => {
            const whole = tf.concat(parts(), axis);
            const split = tf.split(whole, sizes, axis);
            const again = tf.concat(split, axis);
            const unstacked = tf.stack(tf.unstack(again, axis), axis);
            expectClose(
              { shape: unstacked.shape, values: Array.from(unstacked.dataSync()) },
              { shape: whole.shape, values: Array.from(whole.dataSync()) },
              0,
            );
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  it('GatherV2 along any axis, with and without batches, and OneHot', () => {
    const cases = shapes(2, 4).chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        axis: fc.nat(shape.length - 1),
        count: fc.integer({ min: 1, max: 5 }),
      }),
    );
    return fc.assert(
      fc.asyncProperty(cases, seeds, async ({ shape, axis, count }, seed) => {
        const places = (of: number[], below: number) =>
          tf.tidy(() => tf.cast(tf.floor(tf.randomUniform(of, 0, below, 'float32', seed)), 'int32'));
        const inputs = (of: number[]) => () => ({ x: noise(shape, seed), indices: places(of, shape[axis]) });
        await equal(tf.GatherV2, inputs([count]), { axis, batchDims: 0 });
        if (axis > 0) await equal(tf.GatherV2, inputs([shape[0], count]), { axis, batchDims: 1 });
        const attributes = { depth: 4, onValue: 2, offValue: -1, dtype: 'float32' };
        await equal(tf.OneHot, () => ({ indices: places([count, 2], 6) }), attributes);
      }),
      { numRuns: 40 },
    );
  });

  it('kernels that are rarely called: cumulated sums, the largest numbers, frames that mirror, batches of blocks', async () => {
    const inputs = () => ({ x: noise([4, 6, 3], 1) });
    for (const reverse of [true, false])
      for (const exclusive of [true, false])
        for (const axis of [0, 1, 2]) {
          const sums = async (backend: string) => {
            await tf.setBackend(backend);
            return tf.tidy(() => {
              const x = ofType('int32', [4, 6, 3], 1);
              return Array.from(tf.cumsum(x, axis, exclusive, reverse).dataSync());
            });
          };
          expect(await sums('wasm')).toEqual(await sums('cpu'));
        }
    for (const mode of ['reflect', 'symmetric'])
      await equal(tf.MirrorPad, inputs, {
        paddings: [
          [1, 1],
          [2, 0],
          [0, 2],
        ],
        mode,
      });
    const blocks = {
      blockShape: [2, 3],
      paddings: [
        [1, 1],
        [0, 2],
      ],
    };
    await equal(tf.SpaceToBatchND, () => ({ x: noise([2, 4, 7, 3], 2) }), blocks);
    const crops = {
      blockShape: [2, 3],
      crops: [
        [1, 0],
        [0, 2],
      ],
    };
    await equal(tf.BatchToSpaceND, () => ({ x: noise([12, 3, 2, 3], 2) }), crops);
    await equal(tf.Range, () => ({}), { start: 5, stop: -2, step: -1.5, dtype: 'float32' });
    const top = async (backend: string) => {
      await tf.setBackend(backend);
      return tf.tidy(() => {
        const { values, indices } = tf.topk(ofType('int32', [5, 9], 3), 4);
        return [Array.from(values.dataSync()), Array.from(indices.dataSync())];
      });
    };
    expect(await top('wasm')).toEqual(await top('cpu'));
  });
});

describe('reductions equal the CPU backend over any axes', () => {
  const cases = shapes(1, 5, 7).chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      axis: fc.subarray(
        shape.map((_, i) => i),
        { minLength: 1 },
      ),
    }),
  );

  it.each([tf.Max, tf.Min, tf.Prod])('%s', (kernel) =>
    fc.assert(
      fc.asyncProperty(cases, fc.boolean(), seeds, async ({ shape, axis }, keepDims, seed) => {
        const attributes = { axis, reductionIndices: axis, keepDims };
        const onCpu = kernel === tf.Prod ? 1e-3 : 0;
        await equal(kernel, () => ({ x: noise(shape, seed) }), attributes, onCpu);
      }),
      { numRuns: 50 },
    ),
  );

  it.each([tf.All, tf.Any])('%s', (kernel) =>
    fc.assert(
      fc.asyncProperty(cases, seeds, ({ shape, axis }, seed) =>
        equal(kernel, () => ({ x: ofType('bool', shape, seed) }), { axis, keepDims: false }),
      ),
      { numRuns: 25 },
    ),
  );

  it.each([tf.ArgMax, tf.ArgMin])('%s', (kernel) =>
    fc.assert(
      fc.asyncProperty(cases, seeds, ({ shape, axis }, seed) =>
        equal(kernel, () => ({ x: ofType('int32', shape, seed) }), { axis: axis[0] }),
      ),
      { numRuns: 25 },
    ),
  );
});

describe('maps', () => {
  const sides = fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 1, max: 9 })));

  it.each([tf.ResizeBilinear, tf.ResizeNearestNeighbor])(
    '%s equals the CPU backend for any size and sampling',
    (kernel) =>
      fc.assert(
        fc.asyncProperty(
          sides,
          sides,
          fc.constantFrom([false, false], [true, false], [false, true]),
          seeds,
          async ([n, h, w, c], [height, width], [alignCorners, halfPixelCenters], seed) => {
            const attributes = { size: [height, width], alignCorners, halfPixelCenters };
            await equal(kernel, () => ({ images: noise([Math.min(n, 3), h, w, c], seed) }), attributes, 2e-6);
          },
        ),
        { numRuns: 40 },
      ),
  );

  it('LRN and its gradient equal the CPU backend', () =>
    fc.assert(
      fc.asyncProperty(
        sides,
        fc.nat(4),
        fc.constantFrom(0.75, 0.5, 1.2),
        seeds,
        async (shape, depthRadius, beta, seed) => {
          const attributes = { depthRadius, bias: 1.5, alpha: 0.3, beta };
          await equal(tf.LRN, () => ({ x: noise(shape, seed) }), attributes, 1e-6);
          await equal(
            tf.LRNGrad,
            () => {
              const x = noise(shape, seed) as tf.Tensor4D;
              const y = tf.localResponseNormalization(x, depthRadius, 1.5, 0.3, beta);
              return { x, y, dy: noise(shape, seed + 1) };
            },
            attributes,
            1e-5,
          );
        },
      ),
      { numRuns: 30 },
    ));

  it('batch normalisation by given statistics, of each channel or of any shape', () =>
    fc.assert(
      fc.asyncProperty(sides, fc.boolean(), fc.boolean(), seeds, async (shape, isWide, isPlain, seed) => {
        const of = isWide ? [1, shape[1], 1, shape[3]] : [shape[3]];
        const inputs = () => ({
          x: noise(shape, seed),
          mean: noise(of, seed + 1),
          variance: tf.square(noise(of, seed + 2)),
          ...(isPlain ? {} : { scale: noise(of, seed + 3), offset: noise(of, seed + 4) }),
        });
        if (!isWide) await equal(tf.FusedBatchNorm, inputs, { varianceEpsilon: 0.1 }, 1e-5);
        else {
          const results: { shape: number[]; values: number[] }[] = [];
          for (const backend of ['wasm', 'cpu']) {
            await tf.setBackend(backend);
            tf.tidy(() => {
              const { x, mean, variance } = inputs() as Record<string, tf.Tensor4D>;
              const y =
                backend === 'wasm'
                  ? tf.batchNorm(x, mean, variance, undefined, undefined, 0.1)
                  : tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 0.1)));
              results.push({ shape: y.shape, values: Array.from(y.dataSync()) });
            });
          }
          expectClose(results[0], results[1], 1e-5);
        }
      }),
      { numRuns: 30 },
    ));
});
