import { sniffPicture } from '../engine/picture/sniff';

/** Shorter side of the drawing in pixels: enough for the display and any network input. */
const side = 1024;

/**
 * Draws an SVG file, since workers decode none; null for every other kind of file.
 * A file that claims to be SVG and cannot be drawn also gives null: the decoder then says what is wrong.
 */
export async function rasteriseIfSvg(file: Blob): Promise<ImageBitmap | null> {
  const start = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
  if (sniffPicture(start)?.type !== 'SVG') return null;
  const image = new Image();
  image.src = await dataUrl(file);
  try {
    await image.decode();
  } catch {
    return null;
  }
  const width = image.naturalWidth || side;
  const height = image.naturalHeight || side;
  const scale = side / Math.min(width, height);
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.transferToImageBitmap();
}

/** A data URL and not an object URL: a drawing with foreignObject would taint the canvas. */
function dataUrl(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file.slice(0, file.size, 'image/svg+xml'));
  });
}
