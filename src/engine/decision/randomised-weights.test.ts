import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { rankCorrelation, seededRandom } from '../../semiotics';
import { readLayersModel } from '../network/layers-model';
import { featureLayers, type Network } from '../network/network';
import { explain } from '../saliency/explain';
import { bundledNetwork, startBackend } from '../testing';
import { randomisedWeights } from './randomised-weights';
import { layersWithWeights, shuffleWeights } from './shuffle-weights';

const manifest = [
  {
    paths: ['a.bin'],
    weights: [
      { name: 'low/kernel', shape: [2, 3], dtype: 'float32' as const },
      {
        name: 'low/bias',
        shape: [5],
        dtype: 'float32' as const,
        quantization: { dtype: 'uint8' as const, min: 0, scale: 1 },
      },
    ],
  },
  { paths: ['b.bin'], weights: [{ name: 'block/top/kernel', shape: [200], dtype: 'float32' as const }] },
];
const sizes = [6 * 4, 5, 200 * 4];

const weights = () => {
  const bytes = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
  bytes.forEach((_, i) => {
    bytes[i] = (i * 37) % 251;
  });
  return bytes.buffer;
};

/** The tensors' bytes, each cut into its numbers as text. */
function numbersOf(buffer: ArrayBuffer): string[][] {
  let offset = 0;
  return sizes.map((size, i) => {
    const step = i === 1 ? 1 : 4;
    const bytes = new Uint8Array(buffer, offset, size);
    offset += size;
    return Array.from({ length: size / step }, (_, k) => bytes.slice(k * step, (k + 1) * step).join());
  });
}

describe('shuffled weights', () => {
  it('names layers in the order of the file', () => {
    expect(layersWithWeights(manifest)).toEqual(['low', 'block/top']);
  });

  it('move within their tensor, and only in the layers named', () => {
    const before = weights();
    const after = shuffleWeights(manifest, before, new Set(['block/top']), seededRandom(1));
    const [kernel, bias, top] = numbersOf(after);
    expect(numbersOf(before)).toEqual(numbersOf(weights()));
    expect([kernel, bias]).toEqual(numbersOf(before).slice(0, 2));
    expect([...top].sort()).toEqual([...numbersOf(before)[2]].sort());
    const stayed = top.filter((number, i) => number === numbersOf(before)[2][i]).length;
    expect(stayed).toBeLessThan(10);
  });

  it('keep quantised numbers whole', () => {
    const before = numbersOf(weights());
    const after = numbersOf(shuffleWeights(manifest, weights(), new Set(['low']), seededRandom(2)));
    expect(after.slice(0, 2).map((numbers) => [...numbers].sort())).toEqual(
      before.slice(0, 2).map((numbers) => [...numbers].sort()),
    );
    expect(after[2]).toEqual(before[2]);
  });
});

describe('the cascade over the bundled network', () => {
  it('goes from the logits to the first layer, and frees its networks', async () => {
    await startBackend('wasm');
    const folder = path.resolve(import.meta.dirname, '../../../public/networks/photos10');
    const model = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
    const bytes = readFileSync(path.join(folder, 'weights.bin'));
    const trainedWeights = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    const network = await bundledNetwork();
    const input = tf.randomUniform<tf.Rank.R4>([1, 112, 112, 3], -1, 1, 'float32', 4);
    const mapsOf = async (explained: Network) =>
      (
        await explain(explained, input, {
          method: 'grad-cam',
          layers: featureLayers(explained, ['convolution']),
          target: 5,
          checkpoint: async () => {},
        })
      ).layers;
    const trained = await mapsOf(network);
    const before = tf.memory().numTensors;
    const changed: string[][] = [];
    const maps: Float32Array[][] = [];
    const steps: number[] = [];
    const found = await randomisedWeights({
      manifest: model.weightsManifest,
      weights: trainedWeights,
      read: async (buffer) => {
        let offset = 0;
        const layers = new Set<string>();
        for (const { name, shape } of model.weightsManifest[0].weights) {
          const size = 4 * shape.reduce((product: number, side: number) => product * side, 1);
          const [now, then] = [buffer, trainedWeights].map((from) => Buffer.from(from, offset, size));
          if (!now.equals(then)) layers.add(name.split('/')[0]);
          offset += size;
        }
        changed.push([...layers]);
        return readLayersModel(model, buffer);
      },
      explain: async (randomised) => {
        const explained = await mapsOf(randomised);
        maps.push(explained.map(({ map }) => map.values));
        return explained;
      },
      trained,
      draws: 1,
      seed: 3,
      onProgress: (done) => steps.push(done),
    });
    expect(tf.memory().numTensors).toBe(before);
    const order = [...trained.map(({ name }) => name), 'logits'].reverse();
    expect(found.randomised).toEqual(order);
    expect(steps).toEqual(order.map((_, depth) => depth));
    expect(changed.map((layers) => [...layers].reverse())).toEqual(
      order.map((_, depth) => order.slice(0, depth + 1)),
    );
    expect(found.layers.map(({ name }) => name)).toEqual(trained.map(({ name }) => name));
    for (const [i, { similarity }] of found.layers.entries()) {
      expect(similarity).toEqual(maps.map((at) => [rankCorrelation(trained[i].map.values, at[i])]));
    }
    // Only the gradient has changed where the logits alone are randomised; everything has at the end.
    expect(found.layers.some(({ similarity }) => (similarity[0][0] ?? 0) > 0.2)).toBe(true);
    for (const { similarity } of found.layers.slice(-4)) {
      expect(Math.abs(similarity.at(-1)?.[0] ?? 0)).toBeLessThan(0.6);
    }
    input.dispose();
    network.dispose();
  }, 60_000);
});
