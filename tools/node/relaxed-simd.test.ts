import { expect, it } from 'vitest';
import { hasRelaxedVectors } from '../../src/backend/fast-convolution/relaxed-vectors';
import { allowRelaxedSimd } from './relaxed-simd';

it('every version of Node that is supported has relaxed SIMD, once it is asked', () => {
  allowRelaxedSimd();
  expect(hasRelaxedVectors()).toBe(true);
});
