import { type ColourMapId, colourTable } from '../kit/colour-maps';
import type { FigureSize, SaliencyGrid } from '../kit/figure-types';

export type Interpolation = 'bilinear' | 'nearest';

export interface HeatMapOptions {
  /** Saliency drawn in the first colour. */
  readonly lo: number;
  /** Saliency drawn in the last colour. */
  readonly hi: number;
  readonly colourMap: ColourMapId;
  readonly interpolation: Interpolation;
}

/**
 * Colours a saliency map at another size, half-pixel centres. Returns opaque RGBA, height x width x 4.
 * Interpolates values, not colours: between two values lies the colour of the value between them.
 */
export function heatMapPixels(
  map: SaliencyGrid,
  size: FigureSize,
  options: HeatMapOptions,
): Uint8ClampedArray {
  const levels = heatLevels(map, size, options);
  const pixels = new Uint8ClampedArray(levels.length * 4);
  paintLevels(levels, levels, 0, packedColours(options.colourMap), new Uint32Array(pixels.buffer));
  return pixels;
}

/**
 * A saliency map at another size, in steps of the colour table: from 0 to 255 and a half, which rounds. height x width; resampled as
 * `heatMapPixels` does.
 */
export function heatLevels(
  map: SaliencyGrid,
  { width, height }: FigureSize,
  options: Omit<HeatMapOptions, 'colourMap'>,
): Float32Array {
  const levels = new Float32Array(width * height);
  const gain = options.hi > options.lo ? 255 / (options.hi - options.lo) : 0;
  const shift = 0.5 - options.lo * gain;
  const columns = samples(map.width, width, options.interpolation);
  const rows = samples(map.height, height, options.interpolation);
  const line = new Float32Array(map.width);
  for (let y = 0; y < height; y++) {
    const top = rows.low[y] * map.width;
    const bottom = rows.high[y] * map.width;
    const share = rows.share[y];
    // Rows first: the blended source row is short, the output row long.
    for (let x = 0; x < map.width; x++) {
      const value = map.values[top + x];
      line[x] = (value + (map.values[bottom + x] - value) * share) * gain + shift;
    }
    const start = y * width;
    for (let x = 0; x < width; x++) {
      const value = line[columns.low[x]];
      levels[start + x] = value + (line[columns.high[x]] - value) * columns.share[x];
    }
  }
  return levels;
}

/** Colours the levels that lie `share` of the way from one map's to another's; `words` are RGBA pixels. */
export function paintLevels(
  from: Float32Array,
  to: Float32Array,
  share: number,
  colours: Uint32Array,
  words: Uint32Array,
): void {
  for (let i = 0; i < from.length; i++) {
    const level = from[i] + (to[i] - from[i]) * share;
    words[i] = colours[level < 0 ? 0 : level > 255 ? 255 : level | 0];
  }
}

interface Samples {
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly share: Float32Array;
}

/** For every output pixel its two source pixels and the share of the second. */
function samples(source: number, target: number, interpolation: Interpolation): Samples {
  const low = new Int32Array(target);
  const high = new Int32Array(target);
  const share = new Float32Array(target);
  for (let i = 0; i < target; i++) {
    const at = ((i + 0.5) * source) / target;
    if (interpolation === 'nearest') {
      low[i] = high[i] = Math.min(source - 1, Math.floor(at));
    } else {
      const position = Math.max(0, Math.min(source - 1, at - 0.5));
      low[i] = Math.floor(position);
      high[i] = Math.min(source - 1, low[i] + 1);
      share[i] = position - low[i];
    }
  }
  return { low, high, share };
}

/** The table as one 32-bit word a colour, in the byte order of this machine. */
export function packedColours(id: ColourMapId): Uint32Array {
  const table = colourTable(id);
  const bytes = new Uint8Array(256 * 4);
  for (let i = 0; i < 256; i++) {
    bytes.set(table.subarray(i * 3, i * 3 + 3), i * 4);
    bytes[i * 4 + 3] = 255;
  }
  return new Uint32Array(bytes.buffer);
}
