import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { noise, startBackend } from '../../engine/engine-testing';
import { seeds } from '../testing/convolutions';
import './gradients';

describe.each(['cpu', 'wasm'] as const)('gradient of average pooling on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  const size = fc.integer({ min: 1, max: 8 });
  const cases = fc
    .record({
      shape: fc.tuple(fc.integer({ min: 1, max: 2 }), size, size, fc.integer({ min: 1, max: 4 })),
      window: fc.integer({ min: 1, max: 4 }),
      stride: fc.integer({ min: 1, max: 3 }),
      pad: fc.constantFrom('same' as const, 'valid' as const),
    })
    .filter(({ shape, window, pad }) => pad === 'same' || Math.min(shape[1], shape[2]) >= window);

  // Pooling is linear, so its gradient is its adjoint; this holds where the stock gradients are wrong, too.
  it('is the adjoint of the pooling for any size, window, stride and padding', async () => {
    await fc.assert(
      fc.asyncProperty(cases, seeds, async ({ shape, window, stride, pad }, seed) => {
        const [forward, backward] = tf.tidy(() => {
          const x = noise(shape, seed) as tf.Tensor4D;
          const pool = (input: tf.Tensor) => tf.avgPool(input as tf.Tensor4D, window, stride, pad);
          const y = pool(x);
          const dy = noise(y.shape, seed + 1);
          return [tf.sum(tf.mul(y, dy)), tf.sum(tf.mul(x, tf.grad(pool)(x, dy)))];
        });
        expect(Math.abs((await forward.data())[0] - (await backward.data())[0])).toBeLessThan(1e-4);
        tf.dispose([forward, backward]);
      }),
      { numRuns: 80 },
    );
  });

  it('shares a window that reaches over the border among the places inside', async () => {
    const gradient = tf.tidy(() =>
      tf.grad((x) => tf.avgPool(x as tf.Tensor4D, 3, 3, 'same'))(
        tf.zeros([1, 2, 2, 1]),
        tf.ones([1, 1, 1, 1]),
      ),
    );
    expect(Array.from(await gradient.data())).toEqual([0.25, 0.25, 0.25, 0.25]);
    gradient.dispose();
  });
});
