import { MissingCodeError } from '../../code/missing-code';
import sharedUrl from './compiled/shared.wasm?url';
import sharedRelaxedUrl from './compiled/shared-relaxed.wasm?url';
import singleUrl from './compiled/single.wasm?url';
import singleRelaxedUrl from './compiled/single-relaxed.wasm?url';

/** A module of one relaxed instruction: a swizzle of two vectors. */
const RELAXED = [
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 15, 1, 13, 0],
  ...[65, 1, 253, 15, 65, 2, 253, 15, 253, 128, 2, 11],
];

/** Whether this browser has relaxed SIMD, with which products and sums are rounded once where the processor can. */
export const hasRelaxedVectors = (): boolean => WebAssembly.validate(Uint8Array.from(RELAXED));

/**
 * The compiled kernels for the kind of memory they will work in.
 * @throws MissingCodeError where they cannot be had: a newer build of the page may have taken their place
 * @throws where the browser has no vector instructions
 */
export async function fetchKernels(shared: boolean, relaxed: boolean): Promise<ArrayBuffer> {
  const [plain, fused] = shared ? [sharedUrl, sharedRelaxedUrl] : [singleUrl, singleRelaxedUrl];
  const response = await fetch(relaxed ? fused : plain).catch(() => null);
  if (!response?.ok) throw new MissingCodeError();
  const bytes = await response.arrayBuffer();
  if (!WebAssembly.validate(bytes)) throw new Error('this browser does not know its instructions');
  return bytes;
}
