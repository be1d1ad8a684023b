import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, it } from 'vitest';
import { expectClose, kernelOn, noise, startBackend } from '../testing';
import { seeds } from './testing/convolutions';

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
        const count = kernel === tf.Mean ? axis.reduce((product, i) => product * shape[i], 1) : 1;
        const onWasm = await kernelOn('wasm', kernel, () => ({ x: noise(shape, seed) }), {
          axis,
          keepDims: false,
        });
        expectClose(
          onWasm,
          { ...onCpu, values: onCpu.values.map((value) => value / count) },
          1e-3 / count ** 0.5,
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

  it('multiplies a matrix of any size by a vector as the CPU backend does', async () => {
    const size = fc.integer({ min: 1, max: 30 });
    await fc.assert(
      fc.asyncProperty(size, size, fc.boolean(), seeds, async (rows, inner, batched, seed) => {
        const batch = batched ? [1] : [];
        const productOn = (backend: 'cpu' | 'wasm') =>
          kernelOn(
            backend,
            tf.BatchMatMul,
            () => ({ a: noise([...batch, rows, inner], seed), b: noise([...batch, inner, 1], seed + 1) }),
            { transposeA: false, transposeB: false },
          );
        expectClose(await productOn('wasm'), await productOn('cpu'), 1e-4);
      }),
      { numRuns: 60 },
    );
  });
});
