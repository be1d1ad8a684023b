/** A module of one relaxed instruction, `i8x16.relaxed_swizzle` (https://github.com/WebAssembly/relaxed-simd). */
const relaxed = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0],
  ...[65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11],
);

/** Whether there is relaxed SIMD, with which a product is added with one rounding where the processor can. */
export const hasRelaxedVectors = (): boolean => WebAssembly.validate(relaxed);
