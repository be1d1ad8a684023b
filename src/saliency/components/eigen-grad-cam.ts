import * as tf from '@tensorflow/tfjs-core';
import { firstComponent } from './eigen-cam';

/**
 * EigenGrad-CAM of one layer: the activations times their gradients, as N rows of c channels less their column means, projected on
 * their first right singular vector v; relu (pytorch-grad-cam, `EigenGradCAM`, which leaves the sign of v to chance).
 *
 * Here v points to what speaks for the class: its entries sum to no less than 0, so that the projection goes with
 * sum_k g_k A_k. By the larger extreme, as in Eigen-CAM, two classes of opposite logits would have one map.
 * Shapes as in `gradCam`.
 */
export async function eigenGradCam(activation: tf.Tensor4D, gradient: tf.Tensor4D): Promise<tf.Tensor2D> {
  const products = tf.mul(gradient, activation) as tf.Tensor4D;
  try {
    return await componentForClass(products);
  } finally {
    products.dispose();
  }
}

/**
 * The first principal component of evidence [1, h, w, c], what each channel says at each place, where that speaks for the class.
 * Gradients of 1e-13 would leave nothing of their squares in float32: the evidence is scaled to 1 first, and the map back.
 * @returns [h, w], not normalised
 */
export async function componentForClass(evidence: tf.Tensor4D): Promise<tf.Tensor2D> {
  const [, height, width] = evidence.shape;
  const largest = tf.tidy(() => tf.max(tf.abs(evidence)));
  const [scale] = await largest.data();
  largest.dispose();
  if (scale === 0) return tf.zeros([height, width]);
  const scaled = tf.div(evidence, scale) as tf.Tensor4D;
  const sums = tf.sum(scaled, 3);
  try {
    const component = await firstComponent(scaled);
    const together = (await sums.data()) as Float32Array;
    // The component has a mean of 0: that of the sums need not be taken off.
    const likeness = component.reduce((sum, value, place) => sum + value * together[place], 0);
    const factor = likeness < 0 ? -scale : scale;
    const values = Float32Array.from(component, (value) => Math.max(0, factor * value));
    return tf.tensor2d(values, [height, width]);
  } finally {
    scaled.dispose();
    sums.dispose();
  }
}
