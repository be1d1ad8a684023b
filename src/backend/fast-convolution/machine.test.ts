import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { noise, startBackend, withThreads } from '../../engine/engine-testing';
import type { TensorMemory } from '../memory/tensor-memory';
import { machineOf } from './running';

describe('jobs that wait', () => {
  beforeAll(() => startBackend('wasm'));
  const read = async (tensor: tf.Tensor) => [...(await tensor.data())];

  it('are done before numbers are written where they read: a tensor that is freed meanwhile lies there no more', async () => {
    const x = tf.tensor1d([1, -2, 3]);
    const y = tf.relu(x);
    x.dispose();
    const others = Array.from({ length: 3 }, () => tf.tensor1d([7, 8, 9]));
    expect(await read(y)).toEqual([1, 0, 3]);
    tf.dispose([y, ...others]);
  });

  it('are done in their order, however many there are', async () => {
    const x = noise([1, 5, 5, 8], 1);
    const filter = noise([1, 1, 8, 8], 2);
    const step = (map: tf.Tensor4D) => tf.relu(tf.conv2d(map, filter as tf.Tensor4D, 1, 'same'));
    let atOnce = x as tf.Tensor4D;
    let oneByOne = x as tf.Tensor4D;
    for (let i = 0; i < 100; i++) {
      atOnce = step(atOnce);
      oneByOne = step(oneByOne);
      await oneByOne.data();
    }
    expect(await atOnce.data()).toEqual(await oneByOne.data());
  });

  it('are done when kernels for more threads take their place', async () => {
    const x = noise([300], 3);
    const expected = (await x.data()).map((value) => Math.max(0, value));
    const y = tf.relu(x);
    await withThreads(3, async () => expect(await y.data()).toEqual(expected));
  });

  it('are done before a view of memory is given out', () => {
    const memory = tf.backend() as TensorMemory;
    const machine = machineOf(memory);
    const x = tf.tensor1d([1, 2, 3]);
    const seen = (look: (y: tf.Tensor) => ArrayLike<number>) => Array.from(look(tf.square(x)));
    expect(seen((y) => machine.floats(machine.addressOf(y), 3))).toEqual([1, 4, 9]);
    expect(seen((y) => memory.valuesOf(y) as Float32Array)).toEqual([1, 4, 9]);
    expect(seen((y) => memory.readSync(y.dataId) as Float32Array)).toEqual([1, 4, 9]);
    expect(seen((y) => [machine.greatest(machine.addressOf(y), 3, -1)])).toEqual([
      new Int32Array(Float32Array.of(9).buffer)[0],
    ]);
  });
});
