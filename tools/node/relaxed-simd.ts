import { setFlagsFromString } from 'node:v8';

/** A module with one relaxed instruction, `i8x16.relaxed_swizzle` (https://github.com/WebAssembly/relaxed-simd). */
const relaxed = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0],
  ...[65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11],
);

export const hasRelaxedSimd = (): boolean => WebAssembly.validate(relaxed);

/**
 * Has Node 20 do what browsers and later versions do unasked: multiply and add with one rounding. So the engine takes the same kernels
 * as in the page, and its numbers are the page's to the last digit on the same machine.
 */
export function allowRelaxedSimd(): void {
  if (!hasRelaxedSimd()) setFlagsFromString('--experimental-wasm-relaxed-simd');
}
