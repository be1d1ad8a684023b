import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../engine/engine-testing';

describe('clones on WebAssembly', () => {
  beforeAll(() => startBackend('wasm'));

  it.each([
    ['a clone', (x: tf.Tensor) => x.clone()],
    ['a cast to the same type', (x: tf.Tensor) => tf.cast(x, 'float32')],
  ])('%s shares its data, which lives as long as either', async (_, copy) => {
    const backend = tf.backend();
    const before = tf.memory().numTensors;
    const data = backend.numDataIds();
    const x = tf.tensor1d([1, 2, 3]);
    const other = copy(x);
    expect(other.dataId).toBe(x.dataId);
    x.dispose();
    expect(Array.from(await other.data())).toEqual([1, 2, 3]);
    other.dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect(backend.numDataIds()).toBe(data);
  });

  it('a variable that takes a clone of another does not change with it', async () => {
    const first = tf.variable(tf.tensor1d([1, 2]));
    const second = tf.variable(first.clone());
    const next = tf.tensor1d([3, 4]);
    first.assign(next);
    expect(Array.from(await second.data())).toEqual([1, 2]);
    expect(Array.from(await first.data())).toEqual([3, 4]);
    tf.dispose([first, second, next]);
  });

  it('a cast to another type copies, and cuts fractions off', async () => {
    const x = tf.tensor1d([1.7, -1.7]);
    const whole = tf.cast(x, 'int32');
    expect(Array.from(await whole.data())).toEqual([1, -1]);
    expect(Array.from(await x.data())).toEqual([Math.fround(1.7), Math.fround(-1.7)]);
    tf.dispose([x, whole]);
  });
});
