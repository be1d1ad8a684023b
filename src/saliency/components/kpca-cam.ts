import * as tf from '@tensorflow/tfjs-core';
import { spatialMean } from '../../backend/kernels/spatial-mean';
import { leadingEigenvector } from './leading-eigenvector';
import { positiveSide } from './positive-side';

/** Places that the kernel matrix is made of at most: 20 x 20. */
const MOST_PLACES = 400;
/** Numbers of the kernel between places of the layer and those of the fit that are computed at once. */
const AT_ONCE = 4e6;
/** Differences between places that are no more than the rounding of their mean in float32, as a part of the largest activation. */
const ROUNDING = 2 ** -20;
/** What the sigmoid kernel adds before the hyperbolic tangent. */
const OFFSET = Math.tanh(1);

/**
 * KPCA-CAM of one layer: the first component of kernel principal component analysis of its places, with the sigmoid kernel
 * k(x, y) = tanh(x y / c + 1) of the c channels less their means; positive where the larger absolute extreme is; relu
 * (Karmani et al. 2024; kernel, scale and offset as in pytorch-grad-cam).
 *
 * The kernel matrix has a row a place. Beyond `most` places it is made of those of every s-th row and column, and all places
 * are projected on the component found there (Schölkopf, Smola and Müller 1998). All entries of k enter less tanh(1), which
 * centring takes out again, so that small activations lose no digits to it.
 * @param activation A, [1, h, w, c]
 * @returns [h, w], not normalised
 */
export async function kpcaCam(activation: tf.Tensor4D, most = MOST_PLACES): Promise<tf.Tensor2D> {
  const [, height, width, channels] = activation.shape;
  const centred = tf.tidy(() => {
    const columns = tf.reshape(tf.sub(activation, spatialMean(activation)), [height * width, channels]);
    return tf.div(columns, Math.sqrt(channels)) as tf.Tensor2D;
  });
  if (await isSameEverywhere(activation, centred)) {
    centred.dispose();
    return tf.zeros([height, width]);
  }
  const fitted = fittedPlaces(height, width, most);
  const sample =
    fitted.length === height * width
      ? centred.clone()
      : tf.tidy(() => tf.gather(centred, tf.tensor1d(fitted, 'int32')) as tf.Tensor2D);
  try {
    const gram = tf.matMul(sample, sample, false, true);
    const { value, vector, rowMeans } = leadingComponent(await gram.data(), fitted.length);
    gram.dispose();
    if (value <= 0) return tf.zeros([height, width]);
    const length = Math.sqrt(value);
    const projection =
      fitted.length === height * width
        ? vector.map((entry) => entry * length)
        : await projectedOn(
            centred,
            sample,
            vector.map((entry) => entry / length),
            rowMeans,
          );
    return tf.tensor2d(Float32Array.from(positiveSide(projection)), [height, width]);
  } finally {
    centred.dispose();
    sample.dispose();
  }
}

/** Whether all places of a layer hold the same but for the rounding of their mean. @param centred their differences from it, divided by the root of c */
async function isSameEverywhere(activation: tf.Tensor4D, centred: tf.Tensor2D): Promise<boolean> {
  const largest = tf.tidy(() => tf.stack([activation, centred].map((values) => tf.max(tf.abs(values)))));
  const [value, difference] = await largest.data();
  largest.dispose();
  return difference * Math.sqrt(activation.shape[3]) <= ROUNDING * value;
}

/** Positions of the places that the kernel matrix is made of: all, or those of every s-th row and column, s the least that suffices. */
function fittedPlaces(height: number, width: number, most: number): number[] {
  let step = 1;
  while (Math.ceil(height / step) * Math.ceil(width / step) > most) step += 1;
  const along = (size: number) => {
    const first = Math.floor(((size - 1) % step) / 2);
    return Array.from({ length: Math.ceil(size / step) }, (_, i) => first + i * step);
  };
  const columns = along(width);
  return along(height).flatMap((row) => columns.map((column) => row * width + column));
}

/** tanh(x + 1) - tanh(1), without the difference of two like numbers. */
const kernel = (x: number) => {
  const own = Math.tanh(x);
  return (own * (1 - OFFSET ** 2)) / (1 + own * OFFSET);
};

/**
 * Leading eigenpair of the doubly centred kernel matrix, in float64, and the mean of each of its rows before it was centred.
 * @param gram x_i x_j, n x n
 */
function leadingComponent(gram: ArrayLike<number>, n: number) {
  const matrix = Float64Array.from(gram, kernel);
  const rowMeans = Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix[i * n + j];
    return sum / n;
  });
  const mean = rowMeans.reduce((sum, value) => sum + value, 0) / n;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) matrix[i * n + j] += mean - rowMeans[i] - rowMeans[j];
  }
  return { ...leadingEigenvector(matrix, n), rowMeans };
}

/**
 * All places [N, c] on a component: sum_i a_i (k(x, x_i) - r_i), r the row means. The other two terms of the centred kernel are the same
 * for every i, and the entries of a sum to 0.
 */
async function projectedOn(
  places: tf.Tensor2D,
  sample: tf.Tensor2D,
  component: Float64Array,
  rowMeans: Float64Array,
): Promise<Float64Array> {
  const [count, channels] = places.shape;
  const [fitted] = sample.shape;
  const shift = component.reduce((sum, entry, i) => sum + entry * rowMeans[i], 0);
  const projection = new Float64Array(count);
  const rows = Math.max(1, Math.floor(AT_ONCE / fitted));
  for (let start = 0; start < count; start += rows) {
    const part = tf.tidy(() => {
      const own = tf.slice2d(places, [start, 0], [Math.min(rows, count - start), channels]);
      const near = tf.tanh(tf.matMul(own, sample, false, true));
      const values = tf.div(tf.mul(near, 1 - OFFSET ** 2), tf.add(tf.mul(near, OFFSET), 1));
      return tf.matMul(values as tf.Tensor2D, tf.tensor2d(Float32Array.from(component), [fitted, 1]));
    });
    projection.set(await part.data(), start);
    part.dispose();
  }
  return projection.map((value) => value - shift);
}
