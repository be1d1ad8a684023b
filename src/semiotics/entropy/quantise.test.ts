import { expect, test } from 'vitest';
import { quantise } from './quantise';

test('levels are equally wide, the greatest value falls into the last one', () => {
  expect([...quantise(Float32Array.from([0, 1, 2, 3, 4]), 4)]).toEqual([0, 1, 2, 3, 3]);
  expect([...quantise(Float32Array.from([-1, -0.75, 0, 0.75, 1]), 2)]).toEqual([0, 0, 1, 1, 1]);
});

test('a constant map is all 0', () => {
  expect([...quantise(Float32Array.from([7, 7, 7]), 256)]).toEqual([0, 0, 0]);
});

test('the full range of float32 keeps its levels', () => {
  expect([...quantise(Float32Array.from([-3.4e38, 0, 3.4e38]), 256)]).toEqual([0, 128, 255]);
  expect([...quantise(Float32Array.from([0, 1e-45, 3e-45]), 4)]).toEqual([0, 2, 3]);
});

test('one level, 65536 levels, and what lies outside', () => {
  expect([...quantise(Float32Array.from([0, 1]), 1)]).toEqual([0, 0]);
  expect([...quantise(Float32Array.from([0, 1]), 65536)]).toEqual([0, 65535]);
  expect(() => quantise(Float32Array.from([0, 1]), 0)).toThrow('from 1 to 65536, not 0');
  expect(() => quantise(Float32Array.from([0, NaN]), 4)).toThrow('The map holds NaN at column 1, row 0');
});
