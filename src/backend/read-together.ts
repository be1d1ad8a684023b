import * as tf from '@tensorflow/tfjs-core';

/**
 * Reads tensors with as few waits for a GPU as there can be, one: each wait lasts until the device has done all it was given.
 * @param atOnce whether they are read as one, which costs a copy of all
 * @returns the numbers of each, owned by the caller; the tensors stay the caller's
 */
export async function readTogether(
  tensors: readonly tf.Tensor[],
  atOnce = ['webgpu', 'webgl'].includes(tf.getBackend()),
): Promise<Float32Array[]> {
  // Elsewhere a tensor is read where it lies; our own backend gives a copy.
  if (!atOnce || tensors.length === 0) {
    const isCopy = tf.getBackend() === 'wasm';
    const read = async (tensor: tf.Tensor) => {
      const numbers = (await tensor.data()) as Float32Array;
      return isCopy ? numbers : numbers.slice();
    };
    return Promise.all(tensors.map(read));
  }
  const all = tf.tidy(() => tf.concat(tensors.map((tensor) => tf.reshape(tensor, [tensor.size]))));
  try {
    const numbers = (await all.data()) as Float32Array;
    let end = 0;
    return tensors.map(({ size }) => {
      end += size;
      return numbers.slice(end - size, end);
    });
  } finally {
    all.dispose();
  }
}
