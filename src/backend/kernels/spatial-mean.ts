import * as tf from '@tensorflow/tfjs-core';

/**
 * Mean over height and width: [1, h, w, c] to [1, 1, 1, c].
 *
 * On WebAssembly as one pooling window, which runs on all threads. A GPU
 * would give such a window to a few threads only, and reduces better by itself.
 */
export function spatialMean(x: tf.Tensor4D): tf.Tensor4D {
  const [, height, width] = x.shape;
  return tf.getBackend() === 'wasm' ? tf.avgPool(x, [height, width], 1, 'valid') : tf.mean(x, [1, 2], true);
}
