import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { expectClose, noise, startBackend } from '../../engine/engine-testing';
// All there are, so that every kernel is met that a gradient runs.
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import './gradients';

const map = [2, 6, 5, 4];

/** What networks are made of: a function of one feature map [2, 6, 5, 4], or of another shape where one is given. */
const operations: Record<string, { of?: number[]; apply(x: tf.Tensor): tf.Tensor }> = {
  relu: { apply: tf.relu },
  relu6: { apply: (x) => tf.relu6(tf.mul(x, 5)) },
  'leaky relu': { apply: (x) => tf.leakyRelu(x, 0.1) },
  prelu: { apply: (x) => tf.prelu(x, tf.tensor1d([0.1, 0.2, 0.3, 0.4])) },
  'prelu slope': { of: [4], apply: (slope) => tf.prelu(noise(map, 3), slope) },
  elu: { apply: tf.elu },
  selu: { apply: tf.selu },
  sigmoid: { apply: tf.sigmoid },
  tanh: { apply: tf.tanh },
  softplus: { apply: tf.softplus },
  erf: { apply: tf.erf },
  gelu: { apply: (x) => tf.mul(tf.mul(0.5, x), tf.add(1, tf.erf(tf.mul(x, Math.SQRT1_2)))) },
  swish: { apply: (x) => tf.mul(x, tf.sigmoid(x)) },
  exp: { apply: tf.exp },
  log: { apply: (x) => tf.log(tf.add(tf.square(x), 1)) },
  sqrt: { apply: (x) => tf.sqrt(tf.add(tf.square(x), 1)) },
  rsqrt: { apply: (x) => tf.rsqrt(tf.add(tf.square(x), 1)) },
  power: { apply: (x) => tf.pow(tf.abs(x), 1.7) },
  'power exponent': { of: [4], apply: (x) => tf.pow(tf.add(tf.abs(noise(map, 3)), 0.5), x) },
  abs: { apply: tf.abs },
  clip: { apply: (x) => tf.clipByValue(x, -0.5, 0.5) },
  softmax: { apply: (x) => tf.softmax(x) },
  'log-softmax': { apply: (x) => tf.logSoftmax(x) },
  'log-sum-exp': { apply: (x) => tf.logSumExp(x, 3) },
  'batch normalisation, input': {
    apply: (x) => tf.batchNorm(x, [0.1, 0.2, 0.3, 0.4], [1, 2, 3, 4], [1, 1, 0, 2], [1, 2, 3, 4]),
  },
  'batch normalisation by the statistics of the batch': {
    apply: (x) => {
      const { mean, variance } = tf.moments(x, [0, 1, 2]);
      return tf.batchNorm(x, mean as tf.Tensor1D, variance as tf.Tensor1D, tf.zeros([4]), tf.ones([4]));
    },
  },
  'batch normalisation, scale': {
    of: [4],
    apply: (scale) =>
      tf.batchNorm(noise(map, 3), tf.zeros([4]), tf.ones([4]), tf.ones([4]), scale as tf.Tensor1D),
  },
  'layer normalisation': {
    apply: (x) => {
      const { mean, variance } = tf.moments(x, -1, true);
      return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-3)));
    },
  },
  'mean over the map': { apply: (x) => tf.mean(x, [1, 2]) },
  'maximum over the map': { apply: (x) => tf.max(x, [1, 2]) },
  'minimum over channels': { apply: (x) => tf.min(x, 3) },
  'cumulated sum': { apply: (x) => tf.cumsum(x, 3) },
  'bilinear resize': { apply: (x) => tf.image.resizeBilinear(x as tf.Tensor4D, [11, 7]) },
  'bilinear resize, half-pixel centres': {
    apply: (x) => tf.image.resizeBilinear(x as tf.Tensor4D, [11, 7], false, true),
  },
  'nearest resize': { apply: (x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [12, 10]) },
  gather: { apply: (x) => tf.gather(x, [3, 0, 0, 2], 3) },
  tile: { apply: (x) => tf.tile(x, [1, 2, 2, 1]) },
  concat: { apply: (x) => tf.concat([x, tf.mul(x, 2), noise(map, 4)], 3) },
  stack: { apply: (x) => tf.stack([x, tf.square(x)], 1) },
  split: { apply: (x) => tf.mul(...(tf.split(x, 2, 3) as [tf.Tensor, tf.Tensor])) },
  slice: { apply: (x) => tf.slice(x, [0, 1, 2, 0], [2, 3, 2, 4]) },
  pad: {
    apply: (x) =>
      tf.pad(x, [
        [0, 0],
        [1, 2],
        [0, 1],
        [0, 0],
      ]),
  },
  'mirror pad': {
    apply: (x) =>
      tf.mirrorPad(
        x,
        [
          [0, 0],
          [1, 2],
          [1, 1],
          [0, 0],
        ],
        'reflect',
      ),
  },
  transpose: { apply: (x) => tf.transpose(x, [0, 3, 1, 2]) },
  reverse: { apply: (x) => tf.reverse(x, [1, 2]) },
  'space to depth': {
    of: [2, 6, 4, 4],
    apply: (x) =>
      tf.spaceToBatchND(
        x,
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
  },
  add: { apply: (x) => tf.add(x, tf.sum(x, [1, 2], true)) },
  multiply: { apply: (x) => tf.mul(x, tf.mean(x, [1, 2], true)) },
  divide: { apply: (x) => tf.div(x, tf.add(1, tf.sum(tf.square(x), 3, true))) },
  maximum: { apply: (x) => tf.maximum(x, tf.mul(x, 0.3)) },
  minimum: { apply: (x) => tf.minimum(x, 0.2) },
  where: { apply: (x) => tf.where(tf.greater(noise(map, 3), 0.3), x, tf.square(x)) },
  'add many': { apply: (x) => tf.addN([x, x, tf.square(x)]) },
  'matrix product': {
    of: [7, 5],
    apply: (x) => tf.matMul(x as tf.Tensor2D, noise([5, 3], 8) as tf.Tensor2D),
  },
  'matrix product, right side': {
    of: [5, 3],
    apply: (x) => tf.matMul(noise([7, 5], 8) as tf.Tensor2D, x as tf.Tensor2D),
  },
  'matrix product with a vector': {
    of: [7, 5],
    apply: (x) => tf.matMul(x as tf.Tensor2D, noise([5, 1], 8) as tf.Tensor2D),
  },
  'batched matrix product': { of: [3, 4, 5], apply: (x) => tf.matMul(x, x, false, true) },
  convolution: {
    apply: (x) => tf.conv2d(x as tf.Tensor4D, noise([3, 3, 4, 3], 8) as tf.Tensor4D, 2, 'same'),
  },
  'convolution, filter': {
    of: [3, 3, 4, 3],
    apply: (filter) => tf.conv2d(noise(map, 8) as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same'),
  },
  'transposed convolution': {
    apply: (x) =>
      tf.conv2dTranspose(x as tf.Tensor4D, noise([3, 3, 2, 4], 8) as tf.Tensor4D, [2, 12, 10, 2], 2, 'same'),
  },
  'transposed convolution, filter': {
    of: [3, 3, 2, 4],
    apply: (filter) =>
      tf.conv2dTranspose(noise(map, 8) as tf.Tensor4D, filter as tf.Tensor4D, [2, 12, 10, 2], 2, 'same'),
  },
  'depthwise convolution': {
    apply: (x) => tf.depthwiseConv2d(x as tf.Tensor4D, noise([3, 3, 4, 2], 8) as tf.Tensor4D, 2, 'same'),
  },
  'depthwise convolution, filter': {
    of: [3, 3, 4, 2],
    apply: (filter) => tf.depthwiseConv2d(noise(map, 8) as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same'),
  },
  'separable convolution': {
    apply: (x) =>
      tf.separableConv2d(
        x as tf.Tensor4D,
        noise([3, 3, 4, 1], 8) as tf.Tensor4D,
        noise([1, 1, 4, 3], 9) as tf.Tensor4D,
        1,
        'same',
      ),
  },
  'fused convolution': {
    apply: (x) =>
      tf.fused.conv2d({
        x: x as tf.Tensor4D,
        filter: noise([3, 3, 4, 3], 8) as tf.Tensor4D,
        strides: 1,
        pad: 'same',
        bias: tf.ones([3]),
        activation: 'relu',
      }),
  },
  'maximum pooling': { apply: (x) => tf.maxPool(x as tf.Tensor4D, 3, 2, 'same') },
  'average pooling': { apply: (x) => tf.avgPool(x as tf.Tensor4D, 2, 2, 'valid') },
  'local response normalisation': { apply: (x) => tf.localResponseNormalization(x as tf.Tensor4D, 2) },
  'softmax cross entropy': {
    of: [6, 4],
    apply: (x) =>
      tf.losses.softmaxCrossEntropy(tf.oneHot(tf.tensor1d([0, 1, 2, 3, 1, 2], 'int32'), 4), x as tf.Tensor2D),
  },
  'softmax cross entropy, smoothed': {
    of: [6, 4],
    apply: (x) =>
      tf.losses.softmaxCrossEntropy(
        tf.oneHot(tf.tensor1d([0, 1, 2, 3, 1, 2], 'int32'), 4),
        x as tf.Tensor2D,
        1,
        0.1,
      ),
  },
  'sigmoid cross entropy': { of: [6, 4], apply: (x) => tf.losses.sigmoidCrossEntropy(tf.zeros([6, 4]), x) },
  'embedding look-up': { of: [9, 3], apply: (x) => tf.gather(x, tf.tensor1d([2, 2, 8, 0], 'int32')) },
};

describe('the gradient of each operation on WebAssembly', () => {
  beforeAll(async () => {
    await startBackend('wasm');
    await startBackend('cpu');
  });

  it.each(Object.entries(operations))('%s: as on the CPU backend', async (_, { of = map, apply }) => {
    const gradientOn = async (backend: 'cpu' | 'wasm') => {
      await tf.setBackend(backend);
      const gradient = tf.tidy(() => {
        // A different weight for every output, so that no mistake cancels out.
        const score = (x: tf.Tensor) => {
          const y = apply(x);
          return tf.sum(tf.mul(y, tf.cos(tf.reshape(tf.range(0, y.size), y.shape))));
        };
        return tf.grad(score)(noise(of, 7));
      });
      const values = Array.from(await gradient.data());
      gradient.dispose();
      return { shape: gradient.shape, values };
    };
    expectClose(await gradientOn('wasm'), await gradientOn('cpu'), 1e-4);
  });
});
