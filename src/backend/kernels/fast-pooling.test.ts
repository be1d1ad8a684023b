import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectClose, kernelOn, noise, startBackend } from '../../engine/engine-testing';

const size = fc.integer({ min: 1, max: 9 });
const cases = fc.record({
  batch: fc.integer({ min: 1, max: 2 }),
  height: size,
  width: size,
  channels: fc.integer({ min: 1, max: 40 }),
  filterSize: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
  strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  pad: fc.constantFrom('same' as const, 'valid' as const),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

describe('pooling on WebAssembly', () => {
  beforeAll(async () => {
    await startBackend('cpu');
    await startBackend('wasm');
  });

  it.each([tf.MaxPool, tf.AvgPool])(
    '%s equals the CPU backend for any size, window, stride and padding',
    async (kernel) => {
      await fc.assert(
        fc.asyncProperty(cases, async ({ batch, height, width, channels, seed, ...attributes }) => {
          const [rows, columns] = attributes.filterSize;
          fc.pre(attributes.pad === 'same' || (height >= rows && width >= columns));
          const on = (backend: 'cpu' | 'wasm') =>
            kernelOn(
              backend,
              kernel,
              () => ({ x: noise([batch, height, width, channels], seed) }),
              attributes,
            );
          expectClose(await on('wasm'), await on('cpu'), kernel === tf.MaxPool ? 0 : 1e-5);
        }),
        { numRuns: 100 },
      );
    },
  );

  it('finds what is no number largest, and nothing else by it', async () => {
    await tf.setBackend('wasm');
    const values = new Float32Array(2 * 2 * 17).map((_, i) => i - 40);
    values[17 + 3] = Number.NaN;
    values[2 * 17 + 16] = Number.NaN;
    const x = tf.tensor4d(values, [1, 2, 2, 17]);
    const pooled = tf.maxPool(x, 2, 1, 'valid');
    const expected = Array.from({ length: 17 }, (_, c) => (c === 3 || c === 16 ? Number.NaN : 51 + c - 40));
    expect(Array.from(await pooled.data())).toEqual(expected);
    tf.dispose([x, pooled]);
  });

  it('gives the mean of a large map to seven digits', async () => {
    await tf.setBackend('wasm');
    const values = Float32Array.from({ length: 224 * 224 * 16 }, (_, i) => ((i * 7919) % 1000) / 1000);
    const mean = new Float64Array(16);
    values.forEach((value, i) => {
      mean[i % 16] += value / (224 * 224);
    });
    const x = tf.tensor4d(values, [1, 224, 224, 16]);
    const pooled = tf.avgPool(x, 224, 1, 'valid');
    (await pooled.data()).forEach((value, c) => {
      expect(Math.abs(value - mean[c])).toBeLessThan(2e-7);
    });
    tf.dispose([x, pooled]);
  });
});
