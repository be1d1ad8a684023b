import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectClose, kernelOn, noise, startBackend, withThreads } from '../../engine/engine-testing';
import { seeds } from '../testing/convolutions';

describe('sums, means and products of a matrix and a vector on WebAssembly', () => {
  beforeAll(async () => {
    await startBackend('wasm');
    await startBackend('cpu');
  });

  const tensors = fc.array(fc.integer({ min: 1, max: 14 }), { minLength: 1, maxLength: 4 }).chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      axis: fc.subarray(
        shape.map((_, i) => i),
        { minLength: 1 },
      ),
    }),
  );

  it.each([tf.Sum, tf.Mean])('%s equals the CPU backend over any axes', async (kernel) => {
    await fc.assert(
      fc.asyncProperty(tensors, seeds, async ({ shape, axis }, seed) => {
        // Mean is a kernel of its own on WebAssembly only.
        const onCpu = await kernelOn('cpu', tf.Sum, () => ({ x: noise(shape, seed) }), {
          axis,
          keepDims: false,
        });
        const size = axis.reduce((product, i) => product * shape[i], 1);
        const count = kernel === tf.Mean ? size : 1;
        const onWasm = await kernelOn('wasm', kernel, () => ({ x: noise(shape, seed) }), {
          axis,
          keepDims: false,
        });
        // One after the other in float32, n normal numbers round to a deviation of about 2.4e-8 n.
        expectClose(
          onWasm,
          { ...onCpu, values: onCpu.values.map((value) => value / count) },
          (1e-5 + 2e-7 * size) / count + 1e-6,
        );
      }),
      { numRuns: 150 },
    );
  });

  it('keeps the digits of a sum over a training batch of large maps', async () => {
    // Sums of alternating signs, whose exact value is known: each channel c holds 1e3 and -1e3 in turn, plus c / 8.
    const [places, channels] = [32 * 56 * 56, 8];
    const x = Float32Array.from({ length: places * channels }, (_, i) => {
      const [place, c] = [Math.floor(i / channels), i % channels];
      return (place % 2 ? -1e3 : 1e3) + c / 8;
    });
    const sums = await kernelOn('wasm', tf.Sum, () => ({ x: tf.tensor(x, [32, 56, 56, channels]) }), {
      axis: [0, 1, 2],
      keepDims: false,
    });
    const expected = Array.from({ length: channels }, (_, c) => (places * c) / 8);
    expectClose(sums, { shape: [channels], values: expected }, 4);
  });

  it('multiplies a matrix of any size by a vector, from either side, as the CPU backend does', async () => {
    await fc.assert(
      fc.asyncProperty(upTo(30), upTo(30), fc.boolean(), fc.boolean(), seeds, productEqualsCpu),
      { numRuns: 80 },
    );
  });
});

const upTo = (max: number) => fc.integer({ min: 1, max });

/** @param fromLeft a row times a matrix [length, size], else a matrix [size, length] times a column */
async function productEqualsCpu(
  size: number,
  length: number,
  fromLeft: boolean,
  batched: boolean,
  seed: number,
): Promise<void> {
  const shapes = fromLeft
    ? [
        [1, length],
        [length, size],
      ]
    : [
        [size, length],
        [length, 1],
      ];
  const [a, b] = shapes.map((shape) => (batched ? [1, ...shape] : shape));
  const productOn = (backend: 'cpu' | 'wasm') =>
    kernelOn(backend, tf.BatchMatMul, () => ({ a: noise(a, seed), b: noise(b, seed + 1) }), {
      transposeA: false,
      transposeB: false,
    });
  expectClose(await productOn('wasm'), await productOn('cpu'), 1e-5 * Math.sqrt(length) + 1e-5);
}

describe('kernels of our own, cut for several threads', () => {
  beforeAll(async () => {
    await startBackend('wasm');
    await startBackend('cpu');
  });

  it('multiply large matrices and vectors', () =>
    withThreads(3, async () => {
      for (const [size, length] of [
        [301, 403],
        [1203, 127],
      ]) {
        await productEqualsCpu(size, length, true, false, 5);
        await productEqualsCpu(size, length, false, false, 6);
      }
    }));

  it('sum over a batch of maps', () =>
    withThreads(3, async () => {
      const sumOn = (backend: 'cpu' | 'wasm') =>
        kernelOn(backend, tf.Sum, () => ({ x: noise([5, 33, 31, 21], 4) }), {
          axis: [0, 1, 2],
          keepDims: true,
        });
      expectClose(await sumOn('wasm'), await sumOn('cpu'), 2e-2);
    }));

  it.each([
    [tf.Relu, (x: number) => Math.max(0, x)],
    [tf.Relu6, (x: number) => Math.min(Math.max(0, x), 6)],
  ] as const)('%s: of few and of many numbers, not a number stays so', (kernel, definition) =>
    withThreads(3, async () => {
      for (const size of [1, 7, 70_001]) {
        const values = Float32Array.from({ length: size }, (_, i) => ((i * 7919) % 97) / 4 - 10);
        values[size >> 1] = NaN;
        const result = await kernelOn('wasm', kernel, () => ({ x: tf.tensor(values) }), {});
        expect(result.values).toEqual(Array.from(values, definition));
      }
    }),
  );
});
