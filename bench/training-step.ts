import * as tf from '@tensorflow/tfjs-core';
import {
  activationGradient,
  adamStep,
  batchNormTraining,
  batchNormTrainingGradient,
  convolutionFilterGradient,
  trainingConvolution,
} from '../src/engine/backend/training-kernels';

/** The bundled network's convolutions: channels, `pool` for a maximum pooling of 2 x 2. */
const architecture = [
  16,
  16,
  'pool',
  32,
  32,
  'pool',
  64,
  64,
  64,
  'pool',
  128,
  128,
  128,
  'pool',
  256,
  256,
] as const;

export interface TrainingOptions {
  batch: number;
  /** Rows and columns of a picture. */
  side: number;
  classes: number;
  /** A batch normalisation by the batch's own statistics behind every convolution. */
  normalised: boolean;
}

/** A weight tensor with its moments of Adam. */
interface Weight {
  value: tf.Tensor;
  first: tf.Tensor;
  second: tf.Tensor;
  gradient?: tf.Tensor;
}

/** Goes forward, and gives what goes backward: the gradient of the input from that of the output, weights' on the way. */
type Layer = (x: tf.Tensor) => { y: tf.Tensor; backward(dy: tf.Tensor): tf.Tensor | null };

const epsilon = 1e-3;

/**
 * Milliseconds of each of `steps` training steps on the current backend: forward, backward and Adam on the bundled
 * network's architecture, with random pictures and labels; the loss is read back, so nothing is left undone.
 */
export async function timeTrainingSteps(steps: number, options: TrainingOptions): Promise<number[]> {
  const { batch, side, classes } = options;
  const pictures = tf.randomNormal<tf.Rank.R4>([batch, side, side, 3], 0, 1, 'float32', 1);
  const labels = tf.oneHot(tf.randomUniformInt([batch], 0, classes, 2), classes);
  const weights: Weight[] = [];
  const layers = networkLayers(options, (value) => {
    const weight: Weight = { value, first: tf.zerosLike(value), second: tf.zerosLike(value) };
    weights.push(weight);
    return weight;
  });
  const times: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const started = performance.now();
    const loss = tf.tidy(() => {
      const value = takeGradients(layers, pictures, labels);
      for (const weight of weights) update(weight, step);
      return value;
    });
    await loss.data();
    loss.dispose();
    times.push(performance.now() - started);
  }
  for (const { value, first, second } of weights) tf.dispose([value, first, second]);
  tf.dispose([pictures, labels]);
  return times;
}

/** Softmax cross-entropy; leaves its gradients with the weights. */
function takeGradients(layers: readonly Layer[], pictures: tf.Tensor, labels: tf.Tensor): tf.Tensor {
  const backwards: ((dy: tf.Tensor) => tf.Tensor | null)[] = [];
  let x = pictures;
  for (const layer of layers) {
    const { y, backward } = layer(x);
    backwards.unshift(backward);
    x = y;
  }
  let dy: tf.Tensor | null = tf.div(tf.sub(tf.softmax(x), labels), labels.shape[0]);
  for (const backward of backwards) if (dy) dy = backward(dy);
  return tf.neg(tf.mean(tf.sum(tf.mul(labels, tf.logSoftmax(x)), 1)));
}

function update(weight: Weight, step: number): void {
  const { gradient, ...state } = weight;
  if (!gradient) throw new Error('a weight was left without a gradient');
  Object.assign(weight, adamStep(state, gradient, { rate: 1e-3, step }));
  tf.dispose([Object.values(state), gradient]);
  for (const tensor of [weight.value, weight.first, weight.second]) tf.keep(tensor);
}

function networkLayers({ classes, normalised }: TrainingOptions, weight: (value: tf.Tensor) => Weight) {
  const layers: Layer[] = [];
  let channels = 3;
  for (const width of architecture) {
    if (width === 'pool') {
      layers.push(pool);
      continue;
    }
    const deviation = Math.sqrt(2 / (9 * channels));
    const filter = weight(
      tf.randomNormal([3, 3, channels, width], 0, deviation, 'float32', width + layers.length),
    );
    const offset = weight(tf.zeros([width]));
    layers.push(
      normalised
        ? normalisedConvolution(filter, offset, weight(tf.ones([width])), layers.length === 0)
        : convolution(filter, offset, layers.length === 0),
    );
    channels = width;
  }
  layers.push(spatialMean);
  layers.push(
    dense(weight(tf.randomNormal([channels, classes], 0, 0.05, 'float32', 3)), weight(tf.zeros([classes]))),
  );
  return layers;
}

const towardsInput = (dy: tf.Tensor, filter: tf.Tensor, inputShape: number[]) =>
  tf
    .engine()
    .runKernel(
      tf.Conv2DBackpropInput,
      { dy, filter },
      { inputShape, strides: [1, 1], pad: 'same', dataFormat: 'NHWC' },
    ) as tf.Tensor;

const towardsFilter = (x: tf.Tensor, dy: tf.Tensor, filter: tf.Tensor) =>
  convolutionFilterGradient(
    x as tf.Tensor4D,
    dy as tf.Tensor4D,
    filter.shape as [number, number, number, number],
    1,
    'same',
  );

/** With bias and ReLU. The gradient of the first convolution's input is asked for by nobody. */
const convolution =
  (filter: Weight, offset: Weight, isFirst: boolean): Layer =>
  (x) => {
    const y = trainingConvolution(x as tf.Tensor4D, filter.value as tf.Tensor4D, 1, 'same', {
      bias: offset.value as tf.Tensor1D,
      activation: 'relu',
    });
    const backward = (dy: tf.Tensor) => {
      const change = activationGradient(dy, y, 'relu');
      offset.gradient = tf.sum(change, [0, 1, 2]);
      filter.gradient = towardsFilter(x, change, filter.value);
      const dx = isFirst ? null : towardsInput(change, filter.value, x.shape);
      tf.dispose([dy, y, change]);
      return dx;
    };
    return { y, backward };
  };

const normalisedConvolution =
  (filter: Weight, offset: Weight, scale: Weight, isFirst: boolean): Layer =>
  (x) => {
    const convolved = trainingConvolution(
      x as tf.Tensor4D,
      filter.value as tf.Tensor4D,
      1,
      'same',
    ) as tf.Tensor;
    const [scales, offsets] = [scale.value as tf.Tensor1D, offset.value as tf.Tensor1D];
    const { output, mean, variance } = batchNormTraining(convolved, scales, offsets, epsilon, 'relu');
    const backward = (dy: tf.Tensor) => {
      const gate = { activation: 'relu', offset: offsets } as const;
      const {
        dx: change,
        dScale,
        dOffset,
      } = batchNormTrainingGradient(dy, convolved, mean, variance, scales, epsilon, gate);
      [scale.gradient, offset.gradient] = [dScale, dOffset];
      filter.gradient = towardsFilter(x, change, filter.value);
      const dx = isFirst ? null : towardsInput(change, filter.value, x.shape);
      tf.dispose([dy, convolved, output, change, mean, variance]);
      return dx;
    };
    return { y: output, backward };
  };

const pool: Layer = (x) => {
  const y = tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid');
  const backward = (dy: tf.Tensor) => {
    const dx = tf
      .engine()
      .runKernel(
        tf.MaxPoolGrad,
        { dy, input: x, output: y },
        { filterSize: [2, 2], strides: [2, 2], pad: 'valid' },
      ) as tf.Tensor;
    tf.dispose([dy, y]);
    return dx;
  };
  return { y, backward };
};

const spatialMean: Layer = (x) => {
  const [batch, height, width, channels] = x.shape;
  const backward = (dy: tf.Tensor) =>
    tf.mul(tf.reshape(dy, [batch, 1, 1, channels]), tf.fill([1, height, width, 1], 1 / (height * width)));
  return { y: tf.mean(x, [1, 2]), backward };
};

const dense =
  (filter: Weight, offset: Weight): Layer =>
  (x) => ({
    y: tf.add(tf.matMul(x as tf.Tensor2D, filter.value as tf.Tensor2D), offset.value),
    backward: (dy) => {
      offset.gradient = tf.sum(dy, 0);
      filter.gradient = tf.matMul(x as tf.Tensor2D, dy as tf.Tensor2D, true);
      return tf.matMul(dy as tf.Tensor2D, filter.value as tf.Tensor2D, false, true);
    },
  });
