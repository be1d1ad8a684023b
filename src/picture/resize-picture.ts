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
  const columns = resampleRows(rgba, 4, width, height, outWidth);
  const rows = resampleRows(columns, 3, height, outWidth, outHeight);
  const out = new Uint8ClampedArray(outWidth * outHeight * 4).fill(255);
  for (let pixel = 0; pixel < outWidth * outHeight; pixel++) {
    for (let channel = 0; channel < 3; channel++) out[pixel * 4 + channel] = rows[pixel * 3 + channel];
  }
  return out;
}

/**
 * Resamples every row to `outWidth` and turns rows into columns, so that a second call does the columns.
 * @param source `height` rows of `width` pixels, `channels` numbers each, of which the first three are read
 * @returns `outWidth` rows of `height` pixels, three numbers each
 */
function resampleRows(
  source: ArrayLike<number>,
  channels: number,
  width: number,
  height: number,
  outWidth: number,
): Float32Array {
  const out = new Float32Array(outWidth * height * 3);
  taps(width, outWidth).forEach(({ start, weights }, x) => {
    for (let y = 0; y < height; y++) {
      let [r, g, b] = [0, 0, 0];
      for (let k = 0, p = (y * width + start) * channels; k < weights.length; k++, p += channels) {
        const weight = weights[k];
        r += weight * source[p];
        g += weight * source[p + 1];
        b += weight * source[p + 2];
      }
      const q = (x * height + y) * 3;
      out[q] = r;
      out[q + 1] = g;
      out[q + 2] = b;
    }
  });
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
