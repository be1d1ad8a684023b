import * as tf from '@tensorflow/tfjs-core';
import '../src/engine/backend/gradients';

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

/**
 * Milliseconds of each of `steps` training steps on the current backend: forward, backward and Adam on the bundled
 * network's architecture, with random pictures and labels; the loss is read back, so nothing is left undone.
 */
export async function timeTrainingSteps(steps: number, options: TrainingOptions): Promise<number[]> {
  const { batch, side, classes } = options;
  const pictures = tf.randomNormal<tf.Rank.R4>([batch, side, side, 3], 0, 1, 'float32', 1);
  const labels = tf.oneHot(tf.randomUniformInt([batch], 0, classes, 2), classes);
  const { variables, loss } = networkLoss(pictures, labels, options);
  const adam = tf.train.adam(1e-3);
  const times: number[] = [];
  for (let step = 0; step < steps; step++) {
    const started = performance.now();
    const value = adam.minimize(loss, true) as tf.Scalar;
    await value.data();
    value.dispose();
    times.push(performance.now() - started);
  }
  adam.dispose();
  tf.dispose([variables, pictures, labels]);
  return times;
}

function networkLoss(pictures: tf.Tensor4D, labels: tf.Tensor, { classes, normalised }: TrainingOptions) {
  const variables: tf.Variable[] = [];
  const variable = (initial: tf.Tensor) => {
    const made = tf.variable(initial);
    initial.dispose();
    variables.push(made);
    return made;
  };
  const layers: ((x: tf.Tensor4D) => tf.Tensor4D)[] = [];
  let channels = 3;
  for (const width of architecture) {
    if (width === 'pool') {
      layers.push((x) => tf.maxPool(x, 2, 2, 'valid'));
      continue;
    }
    const filter = variable(
      tf.randomNormal([3, 3, channels, width], 0, Math.sqrt(2 / (9 * channels)), 'float32', width),
    ) as tf.Variable<tf.Rank.R4>;
    const offset = variable(tf.zeros([width])) as tf.Variable<tf.Rank.R1>;
    if (normalised) {
      const scale = variable(tf.ones([width])) as tf.Variable<tf.Rank.R1>;
      layers.push((x) => {
        const y = tf.conv2d(x, filter, 1, 'same');
        const { mean, variance } = tf.moments(y, [0, 1, 2]);
        return tf.relu(tf.batchNorm4d(y, mean as tf.Tensor1D, variance as tf.Tensor1D, offset, scale));
      });
    } else {
      layers.push((x) =>
        tf.fused.conv2d({ x, filter, bias: offset, strides: 1, pad: 'same', activation: 'relu' }),
      );
    }
    channels = width;
  }
  const dense = variable(
    tf.randomNormal([channels, classes], 0, 0.05, 'float32', 3),
  ) as tf.Variable<tf.Rank.R2>;
  const bias = variable(tf.zeros([classes]));
  const loss = () => {
    const features = layers.reduce((x, layer) => layer(x), pictures);
    const logits = tf.add(tf.matMul(tf.mean(features, [1, 2]) as tf.Tensor2D, dense), bias);
    return tf.losses.softmaxCrossEntropy(labels, logits) as tf.Scalar;
  };
  return { variables, loss };
}
