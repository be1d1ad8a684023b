import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { noise, startBackend } from '../../engine/engine-testing';
import type { TensorMemory } from './tensor-memory';

describe('tensors in a memory of our own', () => {
  beforeAll(() => startBackend('wasm'));
  const memory = () => tf.backend() as TensorMemory;

  it('hold numbers of all types', async () => {
    const tensors = [
      tf.tensor1d([1.5, -2, NaN]),
      tf.tensor1d([1, -2, 2 ** 30], 'int32'),
      tf.tensor1d([1, 0, 1], 'bool'),
      tf.tensor1d(['a', 'bc'], 'string'),
      tf.tensor1d([]),
    ];
    const values = await Promise.all(tensors.map(async (tensor) => Array.from(await tensor.data())));
    expect(values).toEqual([[1.5, -2, NaN], [1, -2, 2 ** 30], [1, 0, 1], ['a', 'bc'], []]);
    tf.dispose(tensors);
  });

  it('come from other backends with their numbers, and go back', async () => {
    await startBackend('cpu');
    const x = tf.tensor1d([1, 2, 3]);
    await startBackend('wasm');
    const y = tf.mul(x, 2);
    await tf.setBackend('cpu');
    expect(Array.from(await tf.tidy(() => tf.add(y, 1)).data())).toEqual([3, 5, 7]);
    tf.dispose([x, y]);
    await tf.setBackend('wasm');
  });

  it('are freed with the last that refers to them, and nothing else stays of a thousand rounds', () => {
    const x = noise([9, 10, 8], 1);
    const round = () =>
      tf
        .tidy(() => {
          const y = tf.relu(tf.add(tf.transpose(x, [2, 0, 1]), tf.mean(x)));
          return tf.sum(tf.concat([tf.reverse(y, 1), tf.pad(y, Array(3).fill([0, 0]))], 1), [0, 2]);
        })
        .dispose();
    round();
    const before = [memory().heap.used(), memory().heap.size(), memory().numDataIds(), tf.memory().numBytes];
    for (let i = 0; i < 1000; i++) round();
    expect([memory().heap.used(), memory().heap.size(), memory().numDataIds(), tf.memory().numBytes]).toEqual(
      before,
    );
    x.dispose();
  });

  it('can be views of the very memory that has to grow for them', async () => {
    const x = tf.fill([300_000], 7);
    const size = memory().heap.size();
    const copies: tf.TensorInfo[] = [];
    while (memory().heap.size() === size) {
      copies.push(memory().make(x.shape, 'float32', memory().valuesOf(x) as Float32Array));
    }
    for (const copy of copies) {
      expect(
        memory()
          .valuesOf(copy)
          .every((value) => value === 7),
      ).toBe(true);
      memory().disposeData(copy.dataId);
    }
    x.dispose();
  });
});
