import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectClose, kernelOn, noise, startBackend } from '../../engine/engine-testing';
import { type ConvolutionCase, convolutions, outputShape, seeds } from '../testing/convolutions';

describe('gradients of a depthwise convolution on WebAssembly', () => {
  beforeAll(async () => {
    await startBackend('wasm');
    await startBackend('cpu');
  });

  const attributesOf = ({ strides, padding }: ConvolutionCase) => ({
    strides,
    pad: padding,
    dilations: [1, 1],
  });

  it('towards the input equal the CPU backend for any size, stride, padding, channels and multiplier', async () => {
    await fc.assert(
      fc.asyncProperty(convolutions, seeds, async (shape, seed) => {
        const gradientOn = (backend: 'cpu' | 'wasm') =>
          kernelOn(
            backend,
            tf.DepthwiseConv2dNativeBackpropInput,
            () => ({ dy: noise(outputShape(shape, true), seed), filter: noise(shape.filter, seed + 1) }),
            { ...attributesOf(shape), inputShape: shape.input },
          );
        expectClose(await gradientOn('wasm'), await gradientOn('cpu'), 1e-4);
      }),
      { numRuns: 120 },
    );
  });

  it('towards the filter equal the CPU backend for any size, stride, padding, channels and multiplier', async () => {
    await fc.assert(
      fc.asyncProperty(convolutions, seeds, async (shape, seed) => {
        const gradientOn = (backend: 'cpu' | 'wasm') =>
          kernelOn(
            backend,
            tf.DepthwiseConv2dNativeBackpropFilter,
            () => ({ x: noise(shape.input, seed), dy: noise(outputShape(shape, true), seed + 1) }),
            { ...attributesOf(shape), filterShape: shape.filter },
          );
        expectClose(await gradientOn('wasm'), await gradientOn('cpu'), 1e-4);
      }),
      { numRuns: 120 },
    );
  });

  // The CPU kernels leave out the dilation, so here the definition of an adjoint is the judge.
  it('are the adjoints of the convolution when that is dilated: <conv(x, f), dy> = <x, dx> = <f, df>', async () => {
    await tf.setBackend('wasm');
    const rates = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }));
    const sizes = fc.tuple(fc.integer({ min: 7, max: 10 }), fc.integer({ min: 7, max: 10 }));
    const padding = fc.constantFrom('same' as const, 'valid' as const);
    await fc.assert(
      fc.asyncProperty(sizes, rates, padding, seeds, async (size, dilations, pad, seed) => {
        const products = tf.tidy(() => {
          const x = noise([2, ...size, 3], seed) as tf.Tensor4D;
          const filter = noise([3, 2, 3, 2], seed + 1) as tf.Tensor4D;
          const y = tf.depthwiseConv2d(x, filter, 1, pad, 'NHWC', dilations);
          const dy = noise(y.shape, seed + 2);
          const gradient = (kernel: string, inputs: object, shape: object) =>
            tf
              .engine()
              .runKernel(kernel, inputs as never, { strides: [1, 1], pad, dilations, ...shape }) as tf.Tensor;
          const dx = gradient(tf.DepthwiseConv2dNativeBackpropInput, { dy, filter }, { inputShape: x.shape });
          const df = gradient(
            tf.DepthwiseConv2dNativeBackpropFilter,
            { x, dy },
            { filterShape: filter.shape },
          );
          return tf.stack([tf.sum(tf.mul(y, dy)), tf.sum(tf.mul(x, dx)), tf.sum(tf.mul(filter, df))]);
        });
        const [forward, towardsInput, towardsFilter] = await products.data();
        products.dispose();
        expect(Math.abs(towardsInput - forward)).toBeLessThan(1e-2);
        expect(Math.abs(towardsFilter - forward)).toBeLessThan(1e-2);
      }),
      { numRuns: 60 },
    );
  });
});
