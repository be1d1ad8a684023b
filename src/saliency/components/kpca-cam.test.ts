import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';
import { kpcaCam } from './kpca-cam';

/** A layer and its projections by scikit-learn, by `fixtures/kpca.py`. */
const { activation, fits }: { activation: number[][][]; fits: { places: number; projection: number[] }[] } =
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../fixtures/kpca.json'), 'utf8'));

/** The half of a projection that a map shows. */
function mapOf(projection: readonly number[]): number[] {
  const sign = -Math.min(...projection) > Math.max(...projection) ? -1 : 1;
  return projection.map((value) => Math.max(0, sign * value));
}

describe.each(['cpu', 'wasm'] as const)('KPCA-CAM on %s', (backend) => {
  beforeAll(() => startBackend(backend), 60_000);

  it.each(fits)('fitted on $places places is scikit-learn’s projection at all of them', async (fit) => {
    const layer = tf.tensor4d([activation]);
    const before = tf.memory().numTensors;
    const map = await kpcaCam(layer, fit.places);
    expect(map.shape).toEqual([activation.length, activation[0].length]);
    const expected = mapOf(fit.projection);
    (await map.data()).forEach((value, place) => {
      expect(Math.abs(value - expected[place])).toBeLessThan(1e-5);
    });
    map.dispose();
    expect(tf.memory().numTensors).toBe(before);
    layer.dispose();
  });

  it('has nothing to show of a layer that is the same everywhere', async () => {
    const layer = tf.fill([1, 4, 4, 3], 0.7) as tf.Tensor4D;
    expect(Array.from(await (await kpcaCam(layer)).data())).toEqual(Array(16).fill(0));
    layer.dispose();
  });
});
