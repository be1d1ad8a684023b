import * as tf from '@tensorflow/tfjs-core';
import { spatialMean } from '../../backend/kernels/spatial-mean';
import { leadingEigenvector } from './leading-eigenvector';
import { positiveSide } from './positive-side';

/**
 * Eigen-CAM of one layer: the activations, as N = h w rows of c channels less their column means, projected on
 * their first right singular vector; positive where the larger absolute extreme is; relu (Muhammad and Yeasin 2020).
 *
 * The projection X v is sqrt(lambda) u, with u the leading eigenvector of X X^T, and v that of X^T X: whichever of
 * the two matrices is smaller is multiplied out on the backend, and its eigenvector found in float64.
 * @param activation A, [1, h, w, c]
 * @returns [h, w], not normalised
 */
export async function eigenCam(activation: tf.Tensor4D): Promise<tf.Tensor2D> {
  const [, height, width] = activation.shape;
  const projection = await firstComponent(activation);
  return tf.tensor2d(Float32Array.from(positiveSide(projection)), [height, width]);
}

/** X v at every place, N numbers, for what Eigen-CAM says of [1, h, w, c]; its sign carries no meaning. */
export async function firstComponent(values: tf.Tensor4D): Promise<Float64Array> {
  const [, height, width, channels] = values.shape;
  const positions = height * width;
  const centred = tf.tidy(() => tf.reshape(tf.sub(values, spatialMean(values)), [positions, channels]));
  try {
    const byChannel = channels <= positions;
    const gram = tf.matMul(centred, centred, byChannel, !byChannel);
    const size = byChannel ? channels : positions;
    const { value, vector } = leadingEigenvector(await gram.data(), size);
    gram.dispose();
    return byChannel
      ? await projected(centred, vector)
      : vector.map((entry) => entry * Math.sqrt(Math.max(0, value)));
  } finally {
    centred.dispose();
  }
}

async function projected(centred: tf.Tensor, vector: Float64Array): Promise<Float64Array> {
  const product = tf.tidy(() =>
    tf.matMul(centred as tf.Tensor2D, tf.tensor2d(Float32Array.from(vector), [vector.length, 1])),
  );
  const values = Float64Array.from(await product.data());
  product.dispose();
  return values;
}
