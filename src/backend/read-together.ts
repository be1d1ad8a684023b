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
  // Elsewhere a tensor is read where it lies.
  if (!atOnce || tensors.length === 0) {
    return Promise.all(tensors.map(async (tensor) => Float32Array.from(await tensor.data())));
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
