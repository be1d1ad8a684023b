import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { expect, it, vi } from 'vitest';
import { readTogether } from './read-together';

await tf.setBackend('cpu');
const tensors = () => [tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.scalar(5), tf.tensor1d([6, 7])];

it('many tensors are read with one wait, each by its own numbers', async () => {
  const read = vi.spyOn(tf.backend() as unknown as { read(): unknown }, 'read');
  const numbers = await readTogether(tensors(), true);
  expect(numbers.map((each) => [...each])).toEqual([[1, 2, 3, 4], [5], [6, 7]]);
  expect(read).toHaveBeenCalledTimes(1);
  read.mockRestore();
});

it('read one by one they are the same, and nothing is left behind', async () => {
  const given = tensors();
  const before = tf.memory().numTensors;
  expect(await readTogether(given, false)).toEqual(await readTogether(given, true));
  expect(tf.memory().numTensors).toBe(before);
  expect(await readTogether([], true)).toEqual([]);
});
