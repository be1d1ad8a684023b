import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { buildNetwork } from '../../src/network/build';
import { layersModelGraph, weightPaths } from '../../src/network/layers-model';
import type { Network } from '../../src/network/network';
import type { NetworkManifest } from '../../src/network/network-summary';
import { probabilitiesOf } from '../../src/network/probabilities';
import { forward } from '../../src/network/run-network';
import { uniformNumbers } from '../../src/network/scaling/chosen-scaling';
import { scalePicture } from '../../src/network/scaling/scaling';
import { resizePicture } from '../../src/picture/resize-picture';

const folder = fileURLToPath(new URL('../../public/networks/pictographs/', import.meta.url));

/** The bundled network, put together on the current backend. */
export function openNetwork(): { network: Network; manifest: NetworkManifest } {
  const manifest: NetworkManifest = JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8'));
  const model = JSON.parse(readFileSync(`${folder}${manifest.model}`, 'utf8'));
  const weights = Buffer.concat(weightPaths(model).map((file) => readFileSync(`${folder}${file}`)));
  return { network: buildNetwork(layersModelGraph(model, Uint8Array.from(weights).buffer)), manifest };
}

/** A picture of the network's input size as the network reads it. */
export function inputOf(
  rgba: Uint8ClampedArray,
  { inputShape, preprocessing }: NetworkManifest,
): tf.Tensor4D {
  const [height, width, channels] = inputShape;
  const scaling = uniformNumbers(preprocessing.scale, preprocessing.offset, channels);
  return tf.tensor4d(scalePicture({ rgba, width, height }, scaling), [1, height, width, channels]);
}

/**
 * Reads square pictures, reduced as the page reduces them: gives the probability of every class.
 * @param start starts the backend that the network runs on
 */
export async function openReader(
  start: () => Promise<unknown> = () => tf.setBackend('cpu'),
): Promise<(rgba: Uint8ClampedArray, side: number) => Promise<number[]>> {
  await start();
  const { network, manifest } = openNetwork();
  const [height, width] = manifest.inputShape;
  return async (rgba, side) => {
    const input = inputOf(resizePicture(rgba, side, side, width, height), manifest);
    const outputs = await forward(network, input, async () => {});
    const logits = (await outputs[network.output].data()) as Float32Array;
    tf.dispose([input, ...outputs]);
    return probabilitiesOf(logits, network) ?? [];
  };
}
