import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { noise, startBackend } from '../../engine/engine-testing';

beforeAll(() => startBackend('wasm'));

const shape = [2, 1, 3, 2, 2, 3, 2, 2];

it('adds tensors of eight axes as it adds their numbers', () => {
  const [a, b] = [noise(shape, 1), noise([3, 1, 2, 3, 1, 2], 2)];
  const sum = tf.add(a, b);
  expect(sum.shape).toEqual(shape);
  const [x, y, found] = [a, b, sum].map((tensor) => tensor.dataSync());
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  found.forEach((value, i) => {
    const place = shape.map((size, axis) => Math.floor(i / strides[axis]) % size);
    const [, , p, , r, s, , u] = place;
    expect(value).toBe(Math.fround(x[i] + y[((p * 2 + r) * 3 + s) * 2 + u]));
  });
  tf.dispose([a, b, sum]);
});

it('puts zeros around one axis of eight', () => {
  const x = noise(shape, 3);
  const around = shape.map((_, axis): [number, number] => (axis === 5 ? [1, 2] : [0, 0]));
  const padded = tf.pad(x, around);
  expect(padded.shape).toEqual([2, 1, 3, 2, 2, 6, 2, 2]);
  const back = tf.slice(padded, [0, 0, 0, 0, 0, 1, 0, 0], shape);
  expect(Array.from(back.dataSync())).toEqual(Array.from(x.dataSync()));
  expect(tf.sum(tf.abs(padded)).dataSync()[0]).toBeCloseTo(tf.sum(tf.abs(x)).dataSync()[0], 3);
  tf.dispose([x, padded, back]);
});
