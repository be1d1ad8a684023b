import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { startBackend } from '../engine/engine-testing';
import { greatestIn, INFINITE } from './greatest';
import { greatestInTensors } from './kernels/greatest-in-tensors';

beforeAll(() => startBackend('wasm'));

const numbers = fc
  .array(fc.oneof(fc.float(), fc.constantFrom(0, -0, Number.NaN, -Number.NaN, Infinity, -Infinity)), {
    maxLength: 40,
  })
  .map((each) => Float32Array.from(each));

const numberOf = (bits: number) => new Float32Array(Int32Array.of(bits).buffer)[0];

it('what is greatest among numbers is told by their bits, also of those that are none', () => {
  fc.assert(
    fc.property(numbers, (values) => {
      const { magnitude, aboveZero } = greatestIn(values);
      expect(magnitude < INFINITE).toBe(values.every(Number.isFinite));
      expect(magnitude === 0).toBe(values.every((value) => value === 0));
      expect(magnitude > INFINITE).toBe(values.some(Number.isNaN));
      if (magnitude > INFINITE) return;
      expect(numberOf(magnitude)).toBe(Math.max(0, ...values.map(Math.abs)));
      expect(numberOf(aboveZero)).toBe(Math.max(0, ...values));
    }),
  );
});

it('it is the same where numbers lie in a tensor, of any length', () => {
  fc.assert(
    fc.property(fc.array(numbers, { minLength: 1, maxLength: 4 }), (all) => {
      const tensors = all.map((values) => tf.tensor1d(values));
      expect(greatestInTensors(tensors)).toEqual(all.map(greatestIn));
      tf.dispose(tensors);
    }),
  );
});
