import { assertSize, notFinite } from '../semiotics-errors';
import { descendingOrder } from './descending-order';
import { neighboursIn, partsOfNeighbours } from './neighbours';

/**
 * The merge tree of a map's superlevel sets: which peaks appear as the level sinks, and where they meet. Peaks are numbered in
 * order of appearance, so the greatest is peak 0.
 */
export interface MergeTree {
  width: number;
  height: number;
  /** For every pixel of the padded map (see `padded`) the peak whose basin it lies in; -1 where the map is not positive. */
  basins: Int32Array;
  /** The map with a border of one pixel of zeros around it, (height + 2) x (width + 2), so that no neighbour needs a check. */
  padded: Float32Array;
  /** Number of peaks. */
  peaks: number;
  /** Padded index of each peak. */
  pixels: Uint32Array;
  /** Height of each peak above the saddle where it meets a greater one, or above 0 if it meets none. */
  persistence: Float64Array;
  /** The basin that a peak merges into at that saddle; -1 if it meets no greater one. */
  into: Int32Array;
}

/**
 * The merge tree of the map's positive part by one sort and a union-find (Edelsbrunner, Letscher and Zomorodian
 * 2002; the elder rule: where two meet, the lesser ends). A pixel has eight neighbours: with four, a ridge that runs
 * diagonally would fall apart into a peak for every step of its staircase.
 *
 * The level sinks to 0, where evidence ends, and no further: a peak that meets no greater one above 0, the greatest
 * among them, persists by its whole height. Pixels of equal value appear in pixel order, which makes a plateau one peak, its
 * other pixels peaks of persistence 0. A pixel joins the basin of its greatest neighbour.
 *
 * @param map height x width, row-major, finite
 * @throws MapError
 */
export function mergeTree(map: Float32Array, width: number, height: number): MergeTree {
  assertSize(map.length, width, height);
  const stride = width + 2;
  const padded = new Float32Array(stride * (height + 2));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = map[y * width + x];
      if (!(value - value === 0)) throw notFinite(value, y * width + x, width);
      padded[(y + 1) * stride + x + 1] = value;
    }
  }
  const order = descendingOrder(padded);
  const basins = new Int32Array(padded.length).fill(-1);
  const neighbours = neighboursIn(stride);
  const { parts } = partsOfNeighbours;

  const pixels: number[] = [];
  const persistence: number[] = [];
  const into: number[] = [];
  /** For every peak one of the same component that appeared before it, or itself: the eldest is the root. */
  const elder: number[] = [];
  const root = (peak: number): number => {
    let at = peak;
    while (elder[at] !== at) {
      elder[at] = elder[elder[at]];
      at = elder[at];
    }
    return at;
  };

  for (let k = 0; k < order.length; k++) {
    const pixel = order[k];
    let basin = -1;
    let greatest = 0;
    let around = 0;
    for (let n = 0; n < 8; n++) {
      const neighbour = pixel + neighbours[n];
      const other = basins[neighbour];
      if (other < 0) continue;
      around |= 1 << n;
      if (padded[neighbour] > greatest) {
        greatest = padded[neighbour];
        basin = other;
      }
    }
    if (basin < 0) {
      basin = pixels.length;
      pixels.push(pixel);
      persistence.push(padded[pixel]);
      into.push(-1);
      elder.push(basin);
    } else if (parts[around] > 1) {
      join(pixel);
    }
    basins[pixel] = basin;
  }

  /** Ends every component around the pixel but the eldest, in the basin of its greatest neighbour in the eldest. */
  function join(pixel: number): void {
    let eldest = Infinity;
    for (let n = 0; n < 8; n++) {
      const other = basins[pixel + neighbours[n]];
      if (other >= 0) eldest = Math.min(eldest, root(other));
    }
    let target = -1;
    let greatest = 0;
    for (let n = 0; n < 8; n++) {
      const neighbour = pixel + neighbours[n];
      const other = basins[neighbour];
      if (other >= 0 && padded[neighbour] > greatest && root(other) === eldest) {
        greatest = padded[neighbour];
        target = other;
      }
    }
    for (let n = 0; n < 8; n++) {
      const other = basins[pixel + neighbours[n]];
      if (other < 0) continue;
      const ending = root(other);
      if (ending === eldest) continue;
      persistence[ending] = padded[pixels[ending]] - padded[pixel];
      into[ending] = target;
      elder[ending] = eldest;
    }
  }

  return {
    width,
    height,
    basins,
    padded,
    peaks: pixels.length,
    pixels: Uint32Array.from(pixels),
    persistence: Float64Array.from(persistence),
    into: Int32Array.from(into),
  };
}

/**
 * For every peak the one that stands for it once all peaks whose persistence is 0 or less than `threshold` have merged
 * into the basin they meet at their saddle; itself, if it persists.
 */
export function persistentPeaks({ peaks, persistence, into }: MergeTree, threshold: number): Int32Array {
  const standing = new Int32Array(peaks).fill(-1);
  const path: number[] = [];
  for (let peak = 0; peak < peaks; peak++) {
    let at = peak;
    while (standing[at] < 0) {
      const merges = into[at] >= 0 && (persistence[at] === 0 || persistence[at] < threshold);
      if (!merges) standing[at] = at;
      else {
        path.push(at);
        at = into[at];
      }
    }
    const end = standing[at];
    for (const passed of path) standing[passed] = end;
    path.length = 0;
  }
  return standing;
}
