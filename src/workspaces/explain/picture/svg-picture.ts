import { loadCode } from '../../../code/missing-code';
import { engine } from '../../../engine/engine-client';
import { sniffPicture } from '../../../picture/sniff';

/**
 * Draws an SVG file, since workers decode none; null for every other kind of file.
 * A file that claims to be SVG and cannot be drawn also gives null: the decoder then says what is wrong.
 * @throws PictureError where drawing it would take too long
 */
export async function rasteriseIfSvg(file: Blob, signal: AbortSignal): Promise<ImageBitmap | null> {
  const start = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
  if (sniffPicture(start)?.type !== 'SVG') return null;
  await engine.call('checkDrawing', { file }, { signal });
  const { drawInFrame } = await loadCode(() => import('./draw-in-frame'));
  return drawInFrame(file, signal);
}
