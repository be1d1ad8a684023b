import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeEach, expect, it, vi } from 'vitest';
import type { InputPicture } from '../picture/picture';
import { createEngine } from './engine';

vi.mock('../backend/choose-backend', () => import('./cpu-backend-testing'));

beforeEach(async () => {
  await tf.setBackend('cpu');
});

const task = { signal: new AbortController().signal, report: () => {}, checkpoint: async () => {} };
const file = readFileSync(path.resolve(import.meta.dirname, '../network/targets/fixtures/embedding.onnx'));

/** A picture of stripes of two pixels or of one. */
const stripes = (side: number, wide: number): InputPicture => ({
  width: side,
  height: side,
  rgba: Uint8ClampedArray.from({ length: side * side * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : (Math.floor(i / 4 / wide) % 2) * 200 + (i % 4) * 10,
  ),
});

const engine = createEngine();

/** How alike the network finds two pictures. */
const likeness = async (input: InputPicture, picture: InputPicture) => {
  const files = [{ path: 'embedding.onnx', blob: new Blob([new Uint8Array(file)]) }];
  const request = {
    ...{ backend: 'auto' as const, pooling: false, method: 'grad-cam' as const, scaling: 'unit' as const },
    network: { kind: 'files' as const, id: 'embedding', main: 'embedding.onnx', files },
  };
  const target = { kind: 'similarity' as const, picture };
  return (await engine.analyse({ ...request, input, target }, task)).target;
};

it('a picture is wholly like itself, and less like another', async () => {
  expect((await likeness(stripes(32, 1), stripes(32, 1))).value).toBeCloseTo(1, 5);
  expect((await likeness(stripes(32, 1), stripes(32, 5))).value).toBeLessThan(0.99999);
});

it('two pictures that were read at different sizes are not compared', async () => {
  const before = tf.memory().numTensors;
  await expect(likeness(stripes(32, 1), stripes(64, 1))).rejects.toThrow(
    'The second picture was read at 64 × 64, but the network reads 32 × 32. Choose the second picture again.',
  );
  expect(tf.memory().numTensors).toBe(before);
});
