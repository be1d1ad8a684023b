import * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../network';
import { captureGradients } from '../run-network';

/** Grad-CAM of a class at the layer of a name before its negative values are cut off, [h, w] row by row. */
export async function gradCamAt(
  network: Network,
  x: tf.Tensor4D,
  name: string,
  target: number,
): Promise<Float32Array> {
  const layer = network.nodes.findIndex((node) => node.name === name);
  if (layer < 0) throw new Error(`No layer is called ${name}.`);
  let found = new Float32Array();
  await captureGradients(network, x, {
    layers: [layer],
    chooseTarget: () => target,
    onLayer: (_, activation, gradient) => {
      const map = tf.tidy(() => tf.sum(tf.mul(activation, tf.mean(gradient, [1, 2], true)), 3).dataSync());
      found = Float32Array.from(map);
    },
    checkpoint: async () => {},
  });
  return found;
}
