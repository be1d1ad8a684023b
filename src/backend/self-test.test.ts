import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { startBackend } from '../engine/engine-testing';
import { selfTest } from './self-test';

/** Runs `work` while a kernel gives something else than it should. */
async function withBrokenKernel<T>(
  backendName: string,
  kernelName: string,
  broken: (right: tf.Tensor) => tf.Tensor,
  work: () => Promise<T>,
): Promise<T> {
  const sound = tf.getKernel(kernelName, backendName);
  if (!sound) throw new Error(`no ${kernelName} on ${backendName}`);
  const replace = (kernel: tf.KernelConfig) => {
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel(kernel);
  };
  replace({
    ...sound,
    kernelFunc: (parameters) => {
      const right = sound.kernelFunc(parameters) as tf.TensorInfo;
      return broken(tf.engine().makeTensorFromTensorInfo(right));
    },
  });
  try {
    return await work();
  } finally {
    replace(sound);
  }
}

describe.each(['cpu', 'wasm'] as const)('the self-test on %s', (backend) => {
  it('passes, and leaves no tensor behind', async () => {
    await startBackend(backend);
    await selfTest();
    const before = tf.memory().numTensors;
    expect(await selfTest()).toBeNull();
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    [
      tf.MaxPoolGrad,
      'zero everywhere',
      (x: tf.Tensor) => tf.zerosLike(x),
      /^maximum pooling, 2 x 2, gradient of input 1: zero everywhere$/,
    ],
    [
      tf.Conv2DBackpropInput,
      'not a number',
      (x: tf.Tensor) => tf.div(tf.zerosLike(x), 0),
      /^convolution, gradient of input 1: NaN instead of /,
    ],
    [tf.Sigmoid, 'slightly wrong', (x: tf.Tensor) => tf.mul(x, 1.001), /^sigmoid: 0\.\d+ instead of 0\.\d+$/],
    [
      tf.AvgPool,
      'failing',
      () => {
        throw new Error('out of order');
      },
      /^average pooling, 2 x 2: out of order$/,
    ],
  ] as const)('names the operation when %s is %s', async (kernel, _, broken, message) => {
    await startBackend(backend);
    expect(await withBrokenKernel(backend, kernel, broken, selfTest)).toMatch(message);
  });
});
