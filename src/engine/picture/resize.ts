/**
 * Bilinear resampling with half-pixel centres whose triangle widens when it shrinks (as Pillow's
 * `Image.resize(..., BILINEAR)` and torchvision do), so that a large photograph does not alias.
 * Where nothing shrinks it is the plain bilinear interpolation.
 * @param rgba source, 4 bytes a pixel, opaque
 * @returns rgba of the new size
 */
export function resizePicture(
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
  outWidth: number,
  outHeight: number,
): Uint8ClampedArray {
  if (width === outWidth && height === outHeight) return rgba.slice();
  const columns = taps(width, outWidth);
  const rows = taps(height, outHeight);
  const narrow = new Float32Array(outWidth * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < outWidth; x++) {
      const { start, weights } = columns[x];
      let [r, g, b] = [0, 0, 0];
      for (let k = 0, p = (y * width + start) * 4; k < weights.length; k++, p += 4) {
        const weight = weights[k];
        r += weight * rgba[p];
        g += weight * rgba[p + 1];
        b += weight * rgba[p + 2];
      }
      const q = (y * outWidth + x) * 3;
      narrow[q] = r;
      narrow[q + 1] = g;
      narrow[q + 2] = b;
    }
  }
  const out = new Uint8ClampedArray(outWidth * outHeight * 4);
  for (let y = 0; y < outHeight; y++) {
    const { start, weights } = rows[y];
    for (let x = 0; x < outWidth; x++) {
      let [r, g, b] = [0, 0, 0];
      for (let k = 0, p = (start * outWidth + x) * 3; k < weights.length; k++, p += outWidth * 3) {
        const weight = weights[k];
        r += weight * narrow[p];
        g += weight * narrow[p + 1];
        b += weight * narrow[p + 2];
      }
      const q = (y * outWidth + x) * 4;
      out[q] = r;
      out[q + 1] = g;
      out[q + 2] = b;
      out[q + 3] = 255;
    }
  }
  return out;
}

interface Taps {
  start: number;
  weights: Float64Array;
}

/** For each output position, the source positions it reads and their weights, which sum to 1. */
function taps(size: number, outSize: number): Taps[] {
  const scale = size / outSize;
  const reach = Math.max(1, scale);
  return Array.from({ length: outSize }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const start = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(size, Math.floor(centre + reach + 0.5));
    const weights = Float64Array.from({ length: Math.max(1, end - start) }, (_, k) =>
      Math.max(0, 1 - Math.abs((start + k + 0.5 - centre) / reach)),
    );
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { start, weights: weights.map((weight) => weight / sum) };
  });
}
