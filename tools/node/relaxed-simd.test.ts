import { expect, it } from 'vitest';
import { allowRelaxedSimd, hasRelaxedSimd } from './relaxed-simd';

it('every version of Node that is supported has relaxed SIMD, once it is asked', () => {
  allowRelaxedSimd();
  expect(hasRelaxedSimd()).toBe(true);
});
