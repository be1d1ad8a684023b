import * as tf from '@tensorflow/tfjs-core';
// Each by itself: `tf.image` and `tf.losses` would bring all of their kind.
import { resizeBilinear } from '@tensorflow/tfjs-core/dist/ops/image/resize_bilinear';
import { resizeNearestNeighbor } from '@tensorflow/tfjs-core/dist/ops/image/resize_nearest_neighbor';
import { softmaxCrossEntropy } from '@tensorflow/tfjs-core/dist/ops/losses/softmax_cross_entropy';
import { batchNormalisationInTraining, convolutionInTraining, stepOfAdam } from './self-test-training';

type Operation = (...inputs: tf.Tensor[]) => tf.Tensor;

const x4 = (x: tf.Tensor) => x as tf.Tensor4D;
const labels = [0, 1, 2, 3, 1, 2];

/** What the self-test computes, under the names of `fixtures/known-numbers.py`, which says the same in PyTorch. */
export const selfTestOperations: Record<string, Operation> = {
  convolution: (x, filter, bias) =>
    tf.fused.conv2d({ x: x4(x), filter: x4(filter), bias, strides: 1, pad: 'same', activation: 'relu' }),
  'convolution, stride 2': (x, filter) =>
    tf.fused.conv2d({ x: x4(x), filter: x4(filter), strides: 2, pad: 'same' }),
  'convolution, 1 x 1': (x, filter, bias) =>
    tf.fused.conv2d({ x: x4(x), filter: x4(filter), bias, strides: 1, pad: 'same', activation: 'relu6' }),
  'convolution, 4 x 3, valid': (x, filter) => tf.conv2d(x4(x), x4(filter), 1, 'valid'),
  'depthwise convolution': (x, filter) =>
    tf.fused.depthwiseConv2d({ x: x4(x), filter: x4(filter), strides: 1, pad: 'same', activation: 'relu6' }),
  'depthwise convolution, stride 2': (x, filter) => tf.depthwiseConv2d(x4(x), x4(filter), 2, 'same'),
  'transposed convolution': (x, filter) => tf.conv2dTranspose(x4(x), x4(filter), [1, 4, 6, 2], 2, 'same'),
  'maximum pooling, 2 x 2': (x) => tf.maxPool(x4(x), 2, 2, 'valid'),
  'average pooling, 2 x 2': (x) => tf.avgPool(x4(x), 2, 2, 'valid'),
  'batch normalisation': (x, mean, variance, offset, scale) =>
    tf.batchNorm(
      x,
      mean as tf.Tensor1D,
      tf.add(variance, 1.5) as tf.Tensor1D,
      offset as tf.Tensor1D,
      scale as tf.Tensor1D,
      1e-3,
    ),
  'convolution in training': convolutionInTraining,
  'batch normalisation in training': batchNormalisationInTraining,
  'step of Adam': stepOfAdam,
  'dense layer': (x, weights, bias) => tf.add(tf.matMul(x, weights), bias),
  'matrix product': (a, b) => tf.matMul(a, b),
  'matrix and vector': (a, b) => tf.matMul(a, b),
  'sum over the batch': (x) => tf.sum(x, [0, 1, 2]),
  prelu: (x, slope) => tf.prelu(x, slope),
  'sum of two': (x, y) => tf.add(x, y),
  'product of two': (x, y) => tf.mul(x, y),
  'quotient of two': (x, y) => tf.div(x, tf.add(y, 2)),
  'smaller of two': (x, y) => tf.minimum(x, y),
  'larger of two': (x, y) => tf.maximum(x, y),
  concatenation: (x, y) => tf.concat([x, y], 3),
  'softmax cross entropy': (logits) =>
    softmaxCrossEntropy(tf.oneHot(tf.tensor1d(labels, 'int32'), 4), logits),
  relu: (x) => tf.relu(x),
  relu6: (x) => tf.relu6(tf.mul(x, 8)),
  'leaky relu': (x) => tf.leakyRelu(x, 0.1),
  elu: (x) => tf.elu(x),
  selu: (x) => tf.selu(x),
  sigmoid: (x) => tf.sigmoid(x),
  tanh: (x) => tf.tanh(x),
  softplus: (x) => tf.softplus(x),
  erf: (x) => tf.erf(x),
  exponential: (x) => tf.exp(x),
  'absolute value': (x) => tf.abs(x),
  square: (x) => tf.square(x),
  'square root': (x) => tf.sqrt(tf.add(x, 2)),
  clipping: (x) => tf.clipByValue(x, -0.5, 0.5),
  power: (x) => tf.pow(tf.add(x, 2), 1.7),
  softmax: (x) => tf.softmax(x),
  'log-softmax': (x) => tf.logSoftmax(x),
  'mean over the map': (x) => tf.mean(x, [1, 2]),
  'sum over channels': (x) => tf.sum(x, 3),
  'maximum over the map': (x) => tf.max(x, [1, 2]),
  'minimum over the map': (x) => tf.min(x, [1, 2]),
  'local response normalisation': (x) => tf.localResponseNormalization(x4(x), 2, 1, 1, 0.5),
  'second half of the channels': (x) => tf.split(x, 2, 3)[1],
  stack: (x) => tf.stack([x, tf.square(x)], 1),
  slice: (x) => tf.slice(x, [0, 1, 0, 1], [1, 2, 3, 3]),
  padding: (x) =>
    tf.pad(x, [
      [0, 0],
      [1, 0],
      [2, 1],
      [0, 0],
    ]),
  transposition: (x) => tf.transpose(x, [0, 3, 1, 2]),
  reversal: (x) => tf.reverse(x, [1, 2]),
  tiling: (x) => tf.tile(x, [1, 2, 1, 2]),
  'choice of channels': (x) => tf.gather(x, [3, 0, 0, 2], 3),
  'nearest resize': (x) => resizeNearestNeighbor(x4(x), [6, 8]),
  'bilinear resize': (x) => resizeBilinear(x4(x), [6, 8]),
  'maximum pooling': (x) => tf.maxPool(x4(x), 3, 2, 'same'),
  'average pooling': (x) => tf.avgPool(x4(x), 3, 2, 'same'),
  step: (x) => tf.step(x),
  sign: (x) => tf.sign(x),
  thinning: (x) => tf.stridedSlice(x, [0, 0, 1, 0], [1, 3, 4, 4], [1, 2, 2, 1]),
};
