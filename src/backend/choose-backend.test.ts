import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { expect, it } from 'vitest';
import { startBackend } from './choose-backend';

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
