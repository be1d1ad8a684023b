import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend, withThreads } from '../../engine/engine-testing';
import { seededRandom } from '../../semiotics';

beforeAll(async () => {
  await startBackend('cpu');
  await startBackend('wasm');
});

describe.each([
  ['by one thread', (work: () => Promise<void>) => work()],
  ['cut for three threads', (work: () => Promise<void>) => withThreads(3, work)],
])('gradient of max pooling on WebAssembly, %s', (_, within) => {
  const gradient = async (
    backend: string,
    x: number[][][][],
    window: number,
    stride: number,
    pad: 'same' | 'valid' | tf.backend_util.ExplicitPadding,
  ) => {
    await tf.setBackend(backend);
    const result = tf.tidy(() =>
      tf.grad((input) => {
        const pooled = tf.maxPool(input as tf.Tensor4D, window, stride, pad);
        const weights = tf.add(tf.range(0, pooled.size), 1);
        return tf.sum(tf.mul(pooled, tf.reshape(weights, pooled.shape)));
      })(tf.tensor4d(x)),
    );
    const values = Array.from(await result.data());
    result.dispose();
    return values;
  };

  it('gives a tie to its first position alone', () =>
    within(async () => {
      const x = [
        [
          [[0], [0], [3]],
          [[0], [0], [3]],
        ],
      ];
      expect(await gradient('wasm', x, 2, 1, 'valid')).toEqual([1, 0, 2, 0, 0, 0]);
      const quarters = [
        [
          [[1], [1]],
          [[1], [1]],
        ],
      ];
      expect(await gradient('wasm', quarters, 2, 2, 'valid')).toEqual([1, 0, 0, 0]);
    }));

  it('takes windows of 2 x 2 that begin in the padding for what they are', () =>
    within(async () => {
      // Rows -1 and 0, 1 and 2; nothing reads row 3.
      const x = [[[[1]], [[2]], [[3]], [[4]]].map(([row]) => [row, row])];
      const above: tf.backend_util.ExplicitPadding = [
        [0, 0],
        [1, 0],
        [0, 0],
        [0, 0],
      ];
      expect(await gradient('wasm', x, 2, 2, above)).toEqual([1, 0, 0, 0, 2, 0, 0, 0]);
    }));

  it('equals the CPU backend for any size, window, stride and padding, ties included', async () => {
    const side = fc.integer({ min: 0, max: 1 });
    const sides = fc.tuple(side, side, side, side);
    const cases = fc.record({
      height: fc.integer({ min: 3, max: 8 }),
      width: fc.integer({ min: 3, max: 8 }),
      channels: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 4, max: 37 })),
      batch: fc.integer({ min: 1, max: 2 }),
      window: fc.integer({ min: 1, max: 3 }),
      stride: fc.integer({ min: 1, max: 3 }),
      padding: fc.oneof(fc.constantFrom('same' as const, 'valid' as const), sides),
      seed: fc.integer({ min: 1, max: 1e6 }),
    });
    await within(() =>
      fc.assert(
        fc.asyncProperty(cases, async ({ height, width, channels, batch, window, stride, padding, seed }) => {
          const pad = typeof padding === 'string' ? padding : padded(window > 1 ? padding : [0, 0, 0, 0]);
          // Few different values, so that most windows hold ties.
          const random = seededRandom(seed);
          const build = <Item>(length: number, item: () => Item) => Array.from({ length }, item);
          const x = build(batch, () =>
            build(height, () => build(width, () => build(channels, () => random.below(4)))),
          );
          expect(await gradient('wasm', x, window, stride, pad)).toEqual(
            await gradient('cpu', x, window, stride, pad),
          );
        }),
        { numRuns: 80 },
      ),
    );
  });
});

const padded = ([top, bottom, left, right]: number[]): tf.backend_util.ExplicitPadding => [
  [0, 0],
  [top, bottom],
  [left, right],
  [0, 0],
];
