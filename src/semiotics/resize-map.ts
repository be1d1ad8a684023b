import { assertSize } from './semiotics-errors';

/** Where each output position reads along one axis: two source positions and the weight of the second. */
interface Taps {
  low: Int32Array;
  high: Int32Array;
  weight: Float64Array;
}

function taps(from: number, to: number): Taps {
  const low = new Int32Array(to);
  const high = new Int32Array(to);
  const weight = new Float64Array(to);
  const scale = from / to;
  for (let i = 0; i < to; i++) {
    const position = scale * (i + 0.5) - 0.5;
    low[i] = Math.max(0, Math.floor(position));
    high[i] = Math.min(from - 1, Math.max(0, Math.ceil(position)));
    weight[i] = position - low[i];
  }
  return { low, high, weight };
}

/** Resizes maps of one size to another, many times: the taps and row buffer are made once. */
export type Resizer = (map: Float32Array, out: Float32Array) => void;

/** A `Resizer` from `width` x `height` to `outWidth` x `outHeight`; see `resizeBilinear`. */
export function bilinearResizer(width: number, height: number, outWidth: number, outHeight: number): Resizer {
  if (width === outWidth && height === outHeight) return (map, out) => out.set(map);
  const columns = taps(width, outWidth);
  const rows = taps(height, outHeight);
  // Doubles between the two passes: rounding to float32 once, at the end, is what TensorFlow.js does.
  const wide = new Float64Array(height * outWidth);
  return (map, out) => {
    for (let y = 0; y < height; y++) {
      const source = y * width;
      const target = y * outWidth;
      for (let x = 0; x < outWidth; x++) {
        const left = map[source + columns.low[x]];
        wide[target + x] = left + (map[source + columns.high[x]] - left) * columns.weight[x];
      }
    }
    for (let y = 0; y < outHeight; y++) {
      const top = rows.low[y] * outWidth;
      const bottom = rows.high[y] * outWidth;
      const weight = rows.weight[y];
      const target = y * outWidth;
      for (let x = 0; x < outWidth; x++) {
        const above = wide[top + x];
        out[target + x] = above + (wide[bottom + x] - above) * weight;
      }
    }
  };
}

/**
 * The map resized bilinearly with half-pixel centres and clamped edges, without antialiasing: equal to
 * `tf.image.resizeBilinear(x, size, false, true)` and to PyTorch's `interpolate(mode="bilinear", align_corners=False)`.
 *
 * @param map height x width, row-major
 * @returns outHeight x outWidth, row-major, always a new array
 * @throws MapError where the sizes do not fit
 */
export function resizeBilinear(
  map: Float32Array,
  width: number,
  height: number,
  outWidth: number,
  outHeight: number,
): Float32Array {
  assertSize(map.length, width, height);
  assertSize(outWidth * outHeight, outWidth, outHeight);
  const out = new Float32Array(outWidth * outHeight);
  bilinearResizer(width, height, outWidth, outHeight)(map, out);
  return out;
}
