/**
 * Where a picture that is a mask is inside: what is brighter than half of its brightest pixel, so that masks of 0 and 1 are read as those of 0
 * and 255; where nothing that is seen is brighter than black, what is not transparent.
 * @param rgba height x width x 4, row-major
 */
export function insideOfPixels(rgba: Uint8ClampedArray): Uint8Array {
  const count = rgba.length / 4;
  const bright = new Float32Array(count);
  for (let i = 0; i < count; i++)
    bright[i] = (Math.max(rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]) * rgba[4 * i + 3]) / 255;
  const brightest = bright.reduce((a, b) => Math.max(a, b), 0);
  return Uint8Array.from(bright, (value, i) =>
    (brightest > 0 ? value > brightest / 2 : rgba[4 * i + 3] > 127) ? 1 : 0,
  );
}

/** Whether a picture has exactly two colours, and so may be a mask. */
export function hasTwoColours(rgba: Uint8ClampedArray): boolean {
  const words = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.length / 4);
  const [first] = words;
  let second: number | null = null;
  for (const word of words) {
    if (word === first || word === second) continue;
    if (second !== null) return false;
    second = word;
  }
  return second !== null;
}

/** Width and height that a PNG says it has; null for other files. @param head its first 24 bytes, or more */
export function pngSize(head: Uint8Array): { width: number; height: number } | null {
  const signature = [137, 80, 78, 71, 13, 10, 26, 10];
  if (head.length < 24 || signature.some((byte, i) => head[i] !== byte)) return null;
  const view = new DataView(head.buffer, head.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
