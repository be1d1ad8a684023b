/**
 * Draws an SVG file, its shorter side 1024 pixels: enough for the display and any network input. It also runs in a frame by itself,
 * as its own text: so it uses nothing of what stands around it.
 * @returns null where the browser cannot draw it
 */
export async function drawSvg(file: Blob): Promise<ImageBitmap | null> {
  const side = 1024;
  const address = await new Promise<string>((resolve, reject) => {
    // A data URL and not an object URL: a drawing with foreignObject would taint the canvas.
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file.slice(0, file.size, 'image/svg+xml'));
  });
  const image = new Image();
  image.src = address;
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
