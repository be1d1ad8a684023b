import { setFlagsFromString } from 'node:v8';
import { hasRelaxedVectors } from '../../src/backend/fast-convolution/relaxed-vectors';

/**
 * Has Node 20 do what browsers and later versions do unasked: multiply and add with one rounding. So the engine takes the same kernels
 * as in the page, and its numbers are the page's to the last digit on the same machine.
 */
export function allowRelaxedSimd(): void {
  if (!hasRelaxedVectors()) setFlagsFromString('--experimental-wasm-relaxed-simd');
}
