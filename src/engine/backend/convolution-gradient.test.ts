import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../testing';

const shapes = fc
  .record({
    batch: fc.integer({ min: 1, max: 2 }),
    height: fc.integer({ min: 1, max: 9 }),
    width: fc.integer({ min: 1, max: 9 }),
    channelsIn: fc.integer({ min: 1, max: 5 }),
    channelsOut: fc.integer({ min: 1, max: 5 }),
    kernelHeight: fc.integer({ min: 1, max: 4 }),
    kernelWidth: fc.integer({ min: 1, max: 4 }),
    strideHeight: fc.integer({ min: 1, max: 3 }),
    strideWidth: fc.integer({ min: 1, max: 3 }),
    padding: fc.oneof(
      fc.constant('same' as const),
      fc.constant('valid' as const),
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 4, maxLength: 4 }).map(
        ([t, b, l, r]): tf.backend_util.ExplicitPadding => [
          [0, 0],
          [t, b],
          [l, r],
          [0, 0],
        ],
      ),
    ),
  })
  .filter(({ height, width, kernelHeight, kernelWidth, padding }) => {
    if (padding === 'same') return true;
    const [rows, columns] =
      padding === 'valid' ? [0, 0] : [padding[1][0] + padding[1][1], padding[2][0] + padding[2][1]];
    return height + rows >= kernelHeight && width + columns >= kernelWidth;
  });

describe('gradient of a convolution towards its input on WebAssembly', () => {
  beforeAll(async () => {
    await startBackend('wasm');
    await startBackend('cpu');
  });

  it('equals the CPU backend for any size, stride, padding, channels and batch', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, fc.integer({ min: 1, max: 1e6 }), async (shape, seed) => {
        const gradientOn = async (backend: string) => {
          await tf.setBackend(backend);
          const values = tf.tidy(() => {
            const x: [number, number, number, number] = [
              shape.batch,
              shape.height,
              shape.width,
              shape.channelsIn,
            ];
            const filter = tf.randomNormal<tf.Rank.R4>(
              [shape.kernelHeight, shape.kernelWidth, shape.channelsIn, shape.channelsOut],
              0,
              1,
              'float32',
              seed,
            );
            const strides: [number, number] = [shape.strideHeight, shape.strideWidth];
            const { outShape } = tf.backend_util.computeConv2DInfo(
              x,
              filter.shape,
              strides,
              1,
              shape.padding,
            );
            const dy = tf.randomNormal<tf.Rank.R4>(outShape, 0, 1, 'float32', seed + 1);
            const inputs = { dy, filter };
            const attrs = { inputShape: x, strides, pad: shape.padding, dataFormat: 'NHWC' };
            return tf.engine().runKernel(tf.Conv2DBackpropInput, inputs, attrs as never) as tf.Tensor;
          });
          const data = await values.data();
          values.dispose();
          return Array.from(data);
        };
        const [expected, actual] = [await gradientOn('cpu'), await gradientOn('wasm')];
        expect(actual.length).toBe(expected.length);
        actual.forEach((value, i) => {
          expect(Math.abs(value - expected[i])).toBeLessThan(1e-4);
        });
      }),
      { numRuns: 120 },
    );
  }, 60_000);
});
