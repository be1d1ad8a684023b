import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { noise, startBackend } from '../../engine/engine-testing';
import { layerNormalisation } from './layer-normalisation';

beforeAll(() => startBackend('wasm'));

it.each([
  { groups: 4, numbers: 36_864 },
  { groups: 3, numbers: 4_096 },
  { groups: 2, numbers: 1_021 },
])('normalises $numbers numbers as in float64', ({ groups, numbers }) => {
  const x = tf.tidy(() => tf.add(noise([1, groups, numbers], 5), 3));
  const operation = layerNormalisation({
    type: 'layer-normalisation',
    scale: null,
    shift: null,
    epsilon: 1e-5,
    axes: 1,
  });
  const y = operation.forward([x]);
  const [values, found] = [x.dataSync(), y.dataSync()];
  for (let group = 0; group < groups; group++) {
    const row = Array.from(values.slice(group * numbers, (group + 1) * numbers));
    const mean = row.reduce((sum, value) => sum + value, 0) / numbers;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers;
    const worst = row.reduce((most, value, i) => {
      const expected = (value - mean) / Math.sqrt(variance + 1e-5);
      return Math.max(most, Math.abs(expected - found[group * numbers + i]));
    }, 0);
    expect(worst).toBeLessThan(4e-6);
  }
  tf.dispose([x, y]);
});
