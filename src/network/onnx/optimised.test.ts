import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { buildNetwork } from '../build';
import { explainedKinds, featureLayers } from '../network';
import { captureGradients } from '../run-network';
import { winnerOf } from '../targets/explained';
import { distance, fixtureText, graphOf, picture } from './onnx-testing';

interface Optimised {
  /** The file that onnxruntime has optimised. */
  from: string;
  size: number;
  logits: number[];
}

const files: Record<string, Optimised> = JSON.parse(fixtureText('optimised/logits.json'));

/** Logits of a file, and Grad-CAM of the winner at each of its layers, before negative values are cut off. */
async function explained(file: string, size: number) {
  const network = buildNetwork(
    await graphOf(Uint8Array.from(readFileSync(path.join(import.meta.dirname, file)))),
  );
  const x = picture(size);
  const maps: Float32Array[] = [];
  const { logits } = await captureGradients(network, x, {
    layers: featureLayers(network, explainedKinds()),
    chooseTarget: winnerOf,
    onLayer: (_, activation, gradient) => {
      const map = tf.tidy(() => tf.sum(tf.mul(activation, tf.mean(gradient, [1, 2], true)), 3).dataSync());
      maps.push(map as Float32Array);
    },
    checkpoint: async () => {},
  });
  x.dispose();
  network.dispose();
  return { logits, maps };
}

beforeAll(() => startBackend('wasm'));

describe('what onnxruntime has optimised computes what onnxruntime computes, and has the maps of the file from before', () => {
  it.each(Object.keys(files))('%s', async (name) => {
    const { from, size, logits } = files[name];
    const [found, before] = [
      await explained(`fixtures/optimised/${name}`, size),
      await explained(`../${from}`, size),
    ];
    expect(distance(found.logits, logits)).toBeLessThan(1e-4);
    expect(found.maps.length).toBe(before.maps.length);
    found.maps.forEach((map, layer) => {
      expect(distance(map, Array.from(before.maps[layer])), `layer ${layer}`).toBeLessThan(1e-3);
    });
  });
});
