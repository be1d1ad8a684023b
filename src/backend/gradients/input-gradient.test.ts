import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectClose, kernelOn, noise, startBackend } from '../../engine/engine-testing';
import { convolutions, outputShape, seeds } from '../testing/convolutions';
import { gradientByForwardConvolution } from './input-gradient';

beforeAll(async () => {
  await startBackend('wasm');
  await startBackend('cpu');
});

describe('gradients of a convolution on WebAssembly', () => {
  it('towards the input equal the CPU backend for any size, stride, padding, channels and batch', async () => {
    await fc.assert(
      fc.asyncProperty(convolutions, seeds, async (shape, seed) => {
        const { input, filter, strides, padding } = shape;
        const gradientOn = (backend: 'cpu' | 'wasm') =>
          kernelOn(
            backend,
            tf.Conv2DBackpropInput,
            () => ({ dy: noise(outputShape(shape), seed), filter: noise(filter, seed + 1) }),
            { inputShape: input, strides, pad: padding, dataFormat: 'NHWC' },
          );
        expectClose(await gradientOn('wasm'), await gradientOn('cpu'), 1e-4);
      }),
      { numRuns: 120 },
    );
  });

  it('towards the filter equal the CPU backend for any size, stride, padding, channels and batch', async () => {
    await fc.assert(
      fc.asyncProperty(convolutions, seeds, async (shape, seed) => {
        const { input, filter, strides, padding } = shape;
        const gradientOn = (backend: 'cpu' | 'wasm') =>
          kernelOn(
            backend,
            tf.Conv2DBackpropFilter,
            () => ({ x: noise(input, seed), dy: noise(outputShape(shape), seed + 1) }),
            { strides, pad: padding, dataFormat: 'NHWC', filterShape: filter },
          );
        expectClose(await gradientOn('wasm'), await gradientOn('cpu'), 1e-4);
      }),
      { numRuns: 120 },
    );
  });

  it('is the adjoint of the convolution when that is dilated: <conv(x), dy> = <x, gradient(dy)>', async () => {
    await tf.setBackend('wasm');
    const dilated = fc.record({
      shape: convolutions,
      dilations: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    });
    const fits = dilated.filter(({ shape: { input, filter, padding }, dilations }) => {
      const [rows, columns] =
        typeof padding === 'string' ? [0, 0] : padding.slice(1, 3).map(([a, b]) => a + b);
      const reach = dilations.map((rate, axis) => (filter[axis] - 1) * rate + 1);
      return padding === 'same' || (input[1] + rows >= reach[0] && input[2] + columns >= reach[1]);
    });
    await fc.assert(
      fc.asyncProperty(fits, seeds, async ({ shape: { input, filter, padding }, dilations }, seed) => {
        const [forward, backward] = tf.tidy(() => {
          const x = noise(input, seed) as tf.Tensor4D;
          const weights = noise(filter, seed + 1) as tf.Tensor4D;
          const y = tf.conv2d(x, weights, 1, padding as 'same', 'NHWC', dilations);
          const dy = noise(y.shape, seed + 2) as tf.Tensor4D;
          const gradient = gradientByForwardConvolution(dy, weights, input, 1, padding, dilations);
          return [tf.sum(tf.mul(y, dy)), tf.sum(tf.mul(x, gradient))];
        });
        expect(Math.abs((await forward.data())[0] - (await backward.data())[0])).toBeLessThan(1e-2);
        tf.dispose([forward, backward]);
      }),
      { numRuns: 80 },
    );
  });
});
