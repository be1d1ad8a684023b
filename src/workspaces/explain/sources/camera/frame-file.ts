/** A frame as the file of a picture, in its own size or in another one. */
export async function frameAsFile(
  frame: ImageBitmap | HTMLVideoElement,
  { width, height }: { width: number; height: number } = frame,
): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context) {
    context.imageSmoothingQuality = 'high';
    context.drawImage(frame, 0, 0, width, height);
  }
  return canvas.convertToBlob({ type: 'image/png' });
}
