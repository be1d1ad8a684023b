import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { noise, startBackend, withThreads } from '../engine/engine-testing';
import {
  activationGradient,
  adamStep,
  batchNormTraining,
  batchNormTrainingGradient,
  convolutionFilterGradient,
  trainingConvolution,
} from './kernels/training-kernels';
import type { TensorMemory } from './memory/tensor-memory';
import type { AdamState } from './training-states';

const [batch, side, channels, classes, epsilon] = [6, 12, 16, 4, 1e-3];

type Name = 'first' | 'scale' | 'offset' | 'second' | 'bias' | 'dense';
type Weights = Record<Name, AdamState<tf.Tensor>>;

const shapes: Record<Name, number[]> = {
  first: [3, 3, 3, channels],
  scale: [channels],
  offset: [channels],
  second: [3, 3, channels, channels + 2],
  bias: [channels + 2],
  dense: [channels + 2, classes],
};

const namesOf = Object.keys(shapes) as Name[];

const eachWeight = (make: (name: Name, i: number) => AdamState<tf.Tensor>): Weights =>
  Object.fromEntries(namesOf.map((name, i) => [name, make(name, i)])) as Weights;

/** A small network's loss and new weights: convolution, normalisation and ReLU; pooling; convolution with bias and ReLU; dense. */
function takeStep(weights: Weights, x: tf.Tensor4D, labels: tf.Tensor, step: number) {
  const value = (name: Name) => weights[name].value;
  const [scale, offset] = [value('scale'), value('offset')] as tf.Tensor1D[];
  const [first, second] = [value('first'), value('second')] as tf.Tensor4D[];
  const convolved = trainingConvolution(x, first, 1, 'same');
  const { output, mean, variance } = batchNormTraining(convolved, scale, offset, epsilon, 'relu');
  const pooled = tf.maxPool(output, 2, 2, 'valid');
  const features = trainingConvolution(pooled, second, 1, 'same', {
    bias: value('bias') as tf.Tensor1D,
    activation: 'relu',
  });
  const [, height, width] = features.shape;
  const means = tf.mean(features, [1, 2]) as tf.Tensor2D;
  const logits = tf.matMul(means, value('dense') as tf.Tensor2D);
  const loss = tf.neg(tf.mean(tf.sum(tf.mul(labels, tf.logSoftmax(logits)), 1)));

  const dLogits = tf.div(tf.sub(tf.softmax(logits), labels), batch) as tf.Tensor2D;
  const dMeans = tf.matMul(dLogits, value('dense') as tf.Tensor2D, false, true);
  const dFeatures = tf.broadcastTo(
    tf.div(tf.reshape(dMeans, [batch, 1, 1, channels + 2]), height * width),
    features.shape,
  ) as tf.Tensor4D;
  const dSecond = activationGradient(dFeatures, features, 'relu');
  const attributes = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC' };
  const run = (kernel: string, inputs: tf.NamedTensorMap, attrs: object) =>
    tf.engine().runKernel(kernel, inputs, attrs as tf.NamedAttrMap) as tf.Tensor4D;
  const dPooled = run(
    tf.Conv2DBackpropInput,
    { dy: dSecond, filter: second },
    { ...attributes, inputShape: pooled.shape },
  );
  const dOutput = run(
    tf.MaxPoolGrad,
    { dy: dPooled, input: output, output: pooled },
    { filterSize: [2, 2], strides: [2, 2], pad: 'valid' },
  );
  const normalisation = batchNormTrainingGradient(dOutput, convolved, mean, variance, scale, epsilon, {
    activation: 'relu',
    offset,
  });
  const gradients: Record<Name, tf.Tensor> = {
    first: convolutionFilterGradient(x, normalisation.dx, first.shape, 1, 'same'),
    scale: normalisation.dScale,
    offset: normalisation.dOffset,
    second: convolutionFilterGradient(pooled, dSecond, second.shape, 1, 'same'),
    bias: tf.sum(dSecond, [0, 1, 2]),
    dense: tf.matMul(means, dLogits, true),
  };
  const next = eachWeight((name) => adamStep(weights[name], gradients[name], { rate: 0.01, step }));
  return { loss, next };
}

/** Loss at each step, and how far tensors and the heap of WebAssembly grew from the third step on. */
async function train(backend: 'cpu' | 'wasm', steps: number) {
  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const x = noise([batch, side, side, 3], 1) as tf.Tensor4D;
  const labels = tf.tidy(() => tf.oneHot(tf.tensor1d([0, 1, 2, 3, 0, 1], 'int32'), classes));
  let weights = eachWeight((name, i) => ({
    value: name === 'scale' ? tf.ones(shapes[name]) : tf.tidy(() => tf.mul(noise(shapes[name], i + 2), 0.3)),
    first: tf.zeros(shapes[name]),
    second: tf.zeros(shapes[name]),
  }));
  const size = () => {
    const own = tf.backend() as Partial<TensorMemory>;
    const heap = own.heap?.used();
    return { tensors: tf.memory().numTensors, heap };
  };
  const losses: number[] = [];
  let settled: ReturnType<typeof size> | null = null;
  for (let step = 1; step <= steps; step++) {
    const { loss, next } = tf.tidy(() => {
      const result = takeStep(weights, x, labels, step);
      return { loss: result.loss, next: result.next as unknown as tf.TensorContainerObject };
    });
    losses.push((await loss.data())[0]);
    tf.dispose([loss, weights as unknown as tf.TensorContainer]);
    weights = next as unknown as Weights;
    settled = step === 3 ? size() : settled;
  }
  const last = size();
  tf.dispose([x, labels, weights as unknown as tf.TensorContainer]);
  expect(tf.memory().numTensors).toBe(before);
  return { losses, settled, last };
}

describe('training by kernels of our own', () => {
  beforeAll(async () => {
    await startBackend('cpu');
    await startBackend('wasm');
  });

  it('takes the steps it takes on the CPU backend, in the same memory from step to step', async () => {
    // A step on the CPU backend takes a third of a second; what differs shows in the first ones.
    const [cpu, wasm] = [await train('cpu', 6), await train('wasm', 24)];
    expect(wasm.losses[14]).toBeLessThan(wasm.losses[0] / 2);
    cpu.losses.forEach((loss, step) => {
      expect(Math.abs(wasm.losses[step] - loss), `step ${step}`).toBeLessThan(1e-3);
    });
    expect(wasm.last).toEqual(wasm.settled);
  });

  it('takes the same steps again on any number of threads, to the last digit', async () => {
    const { losses } = await train('wasm', 8);
    for (const threads of [1, 2, 7]) {
      await withThreads(threads, async () => expect((await train('wasm', 8)).losses).toEqual(losses));
    }
  });
});
