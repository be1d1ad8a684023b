import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, it } from 'vitest';
import { expectClose, kernelOn, noise, startBackend } from '../testing';
import { type ConvolutionCase, convolutions, outputShape, seeds } from './testing/convolutions';

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
  }, 60_000);

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
  }, 60_000);
});
