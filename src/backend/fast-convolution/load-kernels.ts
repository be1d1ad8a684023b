import { MissingCodeError } from '../../code/missing-code';
import sharedUrl from './compiled/shared.wasm?url';
import sharedRelaxedUrl from './compiled/shared-relaxed.wasm?url';
import singleUrl from './compiled/single.wasm?url';
import singleRelaxedUrl from './compiled/single-relaxed.wasm?url';

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
