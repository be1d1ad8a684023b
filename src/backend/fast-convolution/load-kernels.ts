import sharedUrl from './compiled/shared.wasm?url';
import sharedRelaxedUrl from './compiled/shared-relaxed.wasm?url';
import singleUrl from './compiled/single.wasm?url';
import singleRelaxedUrl from './compiled/single-relaxed.wasm?url';

/**
 * The compiled kernels that suit this browser: for the kind of memory they will work in, with fused multiplication and
 * addition where the browser has relaxed SIMD.
 * @returns null where the browser has no SIMD
 */
export async function fetchKernels(sharedMemory: boolean): Promise<ArrayBuffer | null> {
  for (const url of sharedMemory ? [sharedRelaxedUrl, sharedUrl] : [singleRelaxedUrl, singleUrl]) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} could not be loaded: ${response.status}`);
    const bytes = await response.arrayBuffer();
    if (WebAssembly.validate(bytes)) return bytes;
  }
  return null;
}
