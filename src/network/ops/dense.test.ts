import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { noise, startBackend } from '../../engine/engine-testing';
import { type DenseSpec, dense } from './dense';

const layer = (kernel: tf.Tensor, name: 'linear' | 'relu' = 'linear') =>
  dense({ type: 'dense', kernel, bias: null, activation: { name } } satisfies DenseSpec<tf.Tensor>);

/** Rows of a matrix in float64. */
const rowsOf = (values: ArrayLike<number>, width: number) =>
  Array.from({ length: values.length / width }, (_, row) =>
    Array.from({ length: width }, (_, i) => values[row * width + i]),
  );

function largestDifference(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(actual[i] - value)));
}

beforeAll(() => startBackend('wasm'));

describe('a dense layer over the places of a map', () => {
  it.each([
    { rows: 7, depth: 5, out: 3 },
    { rows: 196, depth: 24, out: 96 },
    { rows: 33, depth: 600, out: 20 },
    { rows: 12, depth: 9, out: 530 },
  ])(
    'is the product with its kernel and, backwards, with the kernel turned: $rows x $depth to $out',
    (size) => {
      const { rows, depth, out } = size;
      const [x, kernel, dy] = [noise([1, rows, depth], 1), noise([depth, out], 2), noise([1, rows, out], 3)];
      const [xs, ks, ds] = [
        rowsOf(x.dataSync(), depth),
        rowsOf(kernel.dataSync(), out),
        rowsOf(dy.dataSync(), out),
      ];
      const operation = layer(kernel);
      const y = operation.forward([x]);
      const [dx] = operation.backward(dy, [x], y);
      expect(y.shape).toEqual([1, rows, out]);
      expect(dx.shape).toEqual(x.shape);
      const forward = xs.flatMap((row) =>
        Array.from({ length: out }, (_, o) => row.reduce((sum, value, i) => sum + value * ks[i][o], 0)),
      );
      const backward = ds.flatMap((row) =>
        ks.map((weights) => row.reduce((sum, value, o) => sum + value * weights[o], 0)),
      );
      expect(largestDifference(y.dataSync(), forward)).toBeLessThan(1e-4);
      expect(largestDifference(dx.dataSync(), backward)).toBeLessThan(1e-4);
      tf.dispose([x, kernel, dy, y, dx]);
    },
  );

  it('gives each picture of a batch the numbers that it gets alone', () => {
    const [x, kernel] = [noise([3, 5, 5, 12], 4), noise([12, 20], 5)];
    const operation = layer(kernel, 'relu');
    const y = operation.forward([x]);
    const dy = noise(y.shape, 6);
    const [dx] = operation.backward(dy, [x], y);
    for (let picture = 0; picture < 3; picture++) {
      const part = (of: tf.Tensor) => tf.slice(of, [picture, 0, 0, 0], [1, -1, -1, -1]);
      const [own, change] = [part(x), part(dy)];
      const alone = operation.forward([own]);
      const [back] = operation.backward(change, [own], alone);
      expect(Array.from(alone.dataSync())).toEqual(Array.from(part(y).dataSync()));
      expect(Array.from(back.dataSync())).toEqual(Array.from(part(dx).dataSync()));
    }
  });

  it('takes about as long backwards as forwards', () => {
    const [rows, depth, out] = [196, 384, 1536];
    const [x, kernel, dy] = [noise([1, rows, depth], 1), noise([depth, out], 2), noise([1, rows, out], 3)];
    const operation = layer(kernel);
    const output = operation.forward([x]);
    const timed = (work: () => tf.Tensor) => {
      const start = process.cpuUsage();
      work().dispose();
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    const [forward, backward]: number[][] = [[], []];
    for (let i = 0; i < 8; i++) {
      forward.push(timed(() => operation.forward([x])));
      backward.push(timed(() => operation.backward(dy, [x], output)[0]));
    }
    // The stock product with a transposed factor takes fourteen times as long as the one forwards.
    expect(Math.min(...backward)).toBeLessThan(4 * Math.min(...forward));
    tf.dispose([x, kernel, dy, output]);
  });
});
