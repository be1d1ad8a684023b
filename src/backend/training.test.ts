import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { noise, startBackend } from '../engine/engine-testing';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import './gradients/gradients';

const [batch, side, classes] = [8, 12, 4];

/** Softmax cross entropy of a small network at each step of its training with Adam. */
async function lossesOn(backend: 'cpu' | 'wasm', steps: number): Promise<number[]> {
  await tf.setBackend(backend);
  const scaled = (shape: number[], seed: number) => tf.mul(noise(shape, seed), 0.3);
  const weights = tf.tidy(() =>
    [scaled([3, 3, 3, 6], 1), scaled([3, 3, 6, 8], 2), scaled([3, 3, 8, 1], 3), scaled([8, classes], 4)].map(
      (w) => tf.variable(w),
    ),
  );
  const [first, second, depthwise, dense] = weights;
  const scale = tf.variable(tf.ones([6]));
  const offset = tf.variable(tf.zeros([6]));
  const bias = tf.variable(tf.zeros([8]));
  const x = noise([batch, side, side, 3], 5) as tf.Tensor4D;
  const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 3, 0, 1, 2, 3], 'int32'), classes);
  const loss = () => {
    const convolved = tf.conv2d(x, first as tf.Tensor4D, 1, 'same');
    const { mean, variance } = tf.moments(convolved, [0, 1, 2]);
    const normalised = tf.batchNorm(
      convolved,
      mean as tf.Tensor1D,
      variance as tf.Tensor1D,
      offset as tf.Tensor1D,
      scale as tf.Tensor1D,
    );
    const pooled = tf.maxPool(tf.relu(normalised) as tf.Tensor4D, 2, 2, 'valid');
    const strided = tf.relu(tf.add(tf.conv2d(pooled, second as tf.Tensor4D, 2, 'same'), bias));
    const separate = tf.relu6(
      tf.depthwiseConv2d(strided as tf.Tensor4D, depthwise as tf.Tensor4D, 1, 'same'),
    );
    const logits = tf.matMul(tf.mean(tf.add(separate, strided), [1, 2]) as tf.Tensor2D, dense as tf.Tensor2D);
    return tf.losses.softmaxCrossEntropy(labels, logits) as tf.Scalar;
  };
  const adam = tf.train.adam(0.02);
  const losses: number[] = [];
  let tensors = 0;
  for (let step = 0; step < steps; step++) {
    const value = adam.minimize(loss, true) as tf.Scalar;
    losses.push((await value.data())[0]);
    value.dispose();
    if (step === 0) tensors = tf.memory().numTensors;
  }
  expect(tf.memory().numTensors, `tensors on ${backend}`).toBe(tensors);
  adam.dispose();
  tf.dispose([...weights, scale, offset, bias, x, labels]);
  return losses;
}

describe('training on WebAssembly', () => {
  beforeAll(async () => {
    await startBackend('wasm');
    await startBackend('cpu');
  });

  it('takes the steps it takes on the CPU backend, and leaves no tensor behind', async () => {
    const [wasm, cpu] = [await lossesOn('wasm', 20), await lossesOn('cpu', 8)];
    expect(wasm[19]).toBeLessThan(wasm[0] / 2);
    cpu.forEach((loss, step) => {
      expect(Math.abs(loss - wasm[step]), `step ${step}`).toBeLessThan(1e-3);
    });
  });
});
