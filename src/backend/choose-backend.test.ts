import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { expect, it } from 'vitest';
import { startBackend } from './choose-backend';

it('a backend whose buffers cannot hold what is asked for is left out, with the sentence that says so', async () => {
  await tf.setBackend('cpu');
  const limits = { maxBufferSize: 2e8, maxStorageBufferBindingSize: 1e8 };
  const never = new Promise(() => {});
  Object.assign(tf.backend(), { device: { limits, lost: never } });
  const needs = (bytes: number) => ({ title: 'A wide network', largest: () => bytes });
  await expect(startBackend('cpu', new Map(), needs(1e8 + 4e6))).rejects.toThrow(
    'CPU (1 thread) holds at most 100 MB at once, and A wide network has a layer of 104 MB.',
  );
  expect((await startBackend('cpu', new Map(), needs(1e8))).report.name).toBe('cpu');
});

it('a backend that failed its self-test is left out for the same reason by whoever asks next', async () => {
  // A machine that adds where it should multiply.
  const add = tf.getKernel('Add', 'cpu') as tf.KernelConfig;
  tf.unregisterKernel('Multiply', 'cpu');
  tf.registerKernel({ ...add, kernelName: 'Multiply' });
  const failure = /CPU \(1 thread\) failed its self-test \([^)]+\)\./;
  await expect(startBackend('cpu', new Map())).rejects.toThrow(failure);
  // Another part of the same worker, which knows nothing of the first attempt.
  const second = startBackend('cpu', new Map());
  await expect(second).rejects.toThrow(failure);
  await expect(second).rejects.not.toThrow(/registry|cpu did not start/);
});
