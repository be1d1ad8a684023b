import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { noise, startBackend } from '../../engine/engine-testing';
import { seeds } from '../testing/convolutions';
import './gradients';

describe.each(['cpu', 'wasm'] as const)('gradients of resizing on %s', (backend) => {
  beforeAll(() => startBackend(backend));

  const size = fc.integer({ min: 1, max: 9 });
  const cases = fc.record({
    shape: fc.tuple(fc.integer({ min: 1, max: 2 }), size, size, fc.integer({ min: 1, max: 3 })),
    to: fc.tuple(size, size),
    // TensorFlow knows no third combination: corners cannot be aligned by the centres of pixels.
    flags: fc.constantFrom([false, false] as const, [true, false] as const, [false, true] as const),
    resize: fc.constantFrom(tf.image.resizeBilinear, tf.image.resizeNearestNeighbor),
  });

  // A resize is linear, so its gradient is its adjoint; this holds where the stock gradients are wrong, too.
  it('are the adjoint of the resize for any size and sampling', async () => {
    await fc.assert(
      fc.asyncProperty(cases, seeds, async ({ shape, to, flags, resize }, seed) => {
        const [forward, backward] = tf.tidy(() => {
          const x = noise(shape, seed);
          const dy = noise([shape[0], ...to, shape[3]], seed + 1);
          const apply = (image: tf.Tensor) => resize(image as tf.Tensor4D, to, ...flags) as tf.Tensor;
          return [tf.sum(tf.mul(apply(x), dy)), tf.sum(tf.mul(x, tf.grad(apply)(x, dy)))];
        });
        expect(Math.abs((await forward.data())[0] - (await backward.data())[0])).toBeLessThan(1e-4);
        tf.dispose([forward, backward]);
      }),
      { numRuns: 150 },
    );
  });
});
