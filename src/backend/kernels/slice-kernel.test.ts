import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectClose, kernelOn, noise, startBackend } from '../../engine/engine-testing';

const cases: [string, number[], number[], number[]][] = [
  ['a stretch of a vector', [10], [3], [4]],
  ['the rest of a vector', [10], [3], [-1]],
  ['whole rows', [4, 5, 2], [1, 0, 0], [2, 5, 2]],
  ['a part of one row', [4, 5], [2, 1], [1, 3]],
  ['columns, which do not lie side by side', [4, 5], [0, 1], [4, 2]],
  ['keys out of queries, keys and values', [2, 7, 3, 4, 18], [0, 0, 1, 0, 0], [2, 7, 1, 4, 18]],
  ['a window of seven axes', [2, 3, 2, 3, 4, 2, 5], [1, 0, 1, 1, 0, 0, 2], [1, 3, 1, 2, 4, 1, 3]],
  ['nothing', [4, 5], [1, 0], [0, 5]],
];

const splits: [number[], number, number | number[]][] = [
  [[6], 0, 3],
  [[2, 9, 4], 1, [2, 0, 7]],
  [[3, 2, 40], -1, [17, 23]],
  [[2, 3, 2, 2, 4], 0, 2],
];

describe('a split on WebAssembly', () => {
  beforeAll(() => startBackend('wasm'));

  it.each(splits)('of [%s] along axis %i gives the parts side by side', async (shape, axis, sizes) => {
    const x = noise(shape, 2);
    const parts = tf.split(x, sizes, axis);
    const joined = tf.concat(parts, axis);
    if (Array.isArray(sizes)) expect(parts.map((part) => part.shape.at(axis))).toEqual(sizes);
    else expect(parts).toHaveLength(sizes);
    expect(Array.from(await joined.data())).toEqual(Array.from(await x.data()));
    tf.dispose([x, joined, parts]);
  });
});

describe('slice on WebAssembly', () => {
  beforeAll(async () => {
    await startBackend('wasm');
    await startBackend('cpu');
  });

  it.each(cases)('of %s is that of the CPU', async (_, shape, begin, size) => {
    const on = (backend: 'cpu' | 'wasm') =>
      kernelOn(backend, tf.Slice, () => ({ x: noise(shape, 1) }), { begin, size });
    expectClose(await on('wasm'), await on('cpu'), 0);
  });

  it('of whole numbers and beyond the end is left to TensorFlow.js', async () => {
    await tf.setBackend('wasm');
    const x = tf.tensor1d([1, 2, 3], 'int32');
    const slice = tf.slice(x, 1, 2);
    expect(slice.dtype).toBe('int32');
    expect(Array.from(await slice.data())).toEqual([2, 3]);
    expect(() => tf.slice(x, 2, 2)).toThrow(/begin\[0\] \+ size\[0\]/);
    tf.dispose([x, slice]);
  });
});
