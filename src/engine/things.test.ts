import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeEach, expect, it, vi } from 'vitest';
import { createEngine } from './engine';

vi.mock('../backend/choose-backend', () => import('./cpu-backend-testing'));

beforeEach(async () => {
  await tf.setBackend('cpu');
});

const task = { signal: new AbortController().signal, report: () => {}, checkpoint: async () => {} };

it('the things of a detector that chooses their classes by itself bear the names of a list', async () => {
  const file = readFileSync(path.resolve(import.meta.dirname, '../network/targets/fixtures/rtdetr.onnx'));
  const names = ['ant', 'bee', 'cat', 'dog', 'eel'];
  const request = {
    ...{ backend: 'auto' as const, pooling: false, method: 'grad-cam' as const, scaling: 'unit' as const },
    network: {
      ...{ kind: 'files' as const, id: 'rtdetr', main: 'rtdetr.onnx' },
      files: [{ path: 'rtdetr.onnx', blob: new Blob([new Uint8Array(file)]) }],
    },
    labels: { name: 'names.txt', text: names.join('\n') },
    input: {
      ...{ width: 32, height: 32 },
      rgba: Uint8ClampedArray.from({ length: 32 * 32 * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 37) % 251)),
    },
  };
  const engine = createEngine();
  const { boxes = [], network } = await engine.analyse({ ...request, target: null }, task);
  expect(network.things).toEqual(names);
  const [{ box, index }] = boxes;
  const { target } = await engine.analyse({ ...request, target: { kind: 'box', box } }, task);
  expect(target).toMatchObject({ kind: 'box', box, label: names[index] });
  // Whatever boxes a network with other weights would choose, it is asked for the same one.
  const asked = { ...request, target: { kind: 'box' as const, box }, layers: ['conv2'], draws: 1, seed: 1 };
  const { layers, randomised } = await engine.randomise(asked, task);
  expect(layers.map(({ similarity }) => similarity.length)).toEqual([randomised.length]);
  expect(layers[0].similarity.flat()).toHaveLength(randomised.length);
});
