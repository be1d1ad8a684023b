import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { buildNetwork } from '../../src/engine/network/build';
import { layersModelGraph, weightPaths } from '../../src/engine/network/layers-model';
import { probabilitiesOf } from '../../src/engine/network/probabilities';
import { forward } from '../../src/engine/network/run';
import { scalePicture, uniformScaling } from '../../src/engine/network/scaling';
import { resizePicture } from '../../src/engine/picture/resize';
import type { NetworkManifest } from '../../src/engine/protocol';

const folder = fileURLToPath(new URL('../../public/networks/pictographs/', import.meta.url));

/** The bundled network on the CPU: from a square picture, reduced as the page reduces it, to the probability of every class. */
export async function openReader(): Promise<(rgba: Uint8ClampedArray, side: number) => Promise<number[]>> {
  await tf.setBackend('cpu');
  const manifest: NetworkManifest = JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8'));
  const model = JSON.parse(readFileSync(`${folder}${manifest.model}`, 'utf8'));
  const weights = Buffer.concat(weightPaths(model).map((file) => readFileSync(`${folder}${file}`)));
  const network = buildNetwork(layersModelGraph(model, Uint8Array.from(weights).buffer));
  const [height, width, channels] = manifest.inputShape;
  const { scale, offset } = manifest.preprocessing;
  return async (rgba, side) => {
    const picture = { rgba: resizePicture(rgba, side, side, width, height), width, height };
    const input = tf.tensor4d(scalePicture(picture, channels, uniformScaling(scale, offset)), [
      1,
      height,
      width,
      channels,
    ]);
    const outputs = await forward(network, input, async () => {});
    const logits = (await outputs[network.output].data()) as Float32Array;
    tf.dispose([input, ...outputs]);
    return Array.from(probabilitiesOf(logits, network.head));
  };
}
