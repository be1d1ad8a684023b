import { MapError } from '../semiotics-errors';
import { type MergeTree, mergeTree, persistentPeaks } from './merge-tree';

/** What counts as a sign. */
export interface SignOptions {
  /** Least persistence of a peak, as a share of the map's maximum, 0 .. 1; default 0.1. */
  tau?: number;
  /** Least value of a pixel, as a share of the map's maximum, 0 .. 1; default 0.2. */
  theta?: number;
}

/** A region that a layer puts its evidence on. Positions are pixel indices: the centre of the first pixel is [0, 0]. */
export interface Sign {
  /** Its label; signs are numbered from the greatest peak down. */
  id: number;
  /** Pixels. */
  area: number;
  /** Sum of the map over the sign. */
  mass: number;
  /** Share of the mass of the whole map, its positive part, that is the sign's; the rest lies below theta. */
  share: number;
  /** Column, row and value of the greatest pixel. */
  peak: [x: number, y: number, value: number];
  /** Centre of mass. */
  centroid: [x: number, y: number];
  /** First column and row, and the column and row behind the last. */
  box: [x0: number, y0: number, x1: number, y1: number];
  /** Height of the peak above the saddle to a greater one, or above 0 if there is none; in units of the map. */
  persistence: number;
}

/** The signs of a map. */
export interface Signs {
  /** height x width, row-major: the id of the sign a pixel lies in, -1 outside. */
  labels: Int32Array;
  signs: Sign[];
}

/**
 * Least persistence and cut-off in units of the map.
 * @throws MapError where an option is no share
 */
export function signLimits(maximum: number, { tau = 0.1, theta = 0.2 }: SignOptions) {
  for (const [name, value] of Object.entries({ tau, theta })) {
    if (!(value >= 0 && value <= 1)) {
      throw new MapError('option', `${name} is a share of the map's maximum, from 0 to 1, not ${value}.`);
    }
  }
  return { least: tau * maximum, cut: theta * maximum };
}

/**
 * The peaks that are signs: those that persist and reach theta, greatest first. An island lower than tau stands, having
 * nothing to merge into, and is no sign.
 */
function signPeaks(tree: MergeTree, standing: Int32Array, least: number, cut: number): number[] {
  const found: number[] = [];
  for (let peak = 0; peak < tree.peaks; peak++) {
    if (standing[peak] !== peak || tree.persistence[peak] < least) continue;
    if (tree.padded[tree.pixels[peak]] >= cut) found.push(peak);
  }
  return found;
}

/**
 * The signs of a map: the basins of the peaks of its superlevel sets whose persistence is at least tau of the maximum,
 * cut off below theta of it. A lesser peak's basin belongs to the basin it meets at its saddle. A map without
 * positive values has no signs. Time grows as pixels; equal maps give equal signs, ties going by pixel order.
 *
 * @param map height x width, row-major, on the input grid, so that signs of different layers can be compared
 * @throws MapError
 */
export function findSigns(
  map: Float32Array,
  width: number,
  height: number,
  options: SignOptions = {},
): Signs {
  const tree = mergeTree(map, width, height);
  const { least, cut } = signLimits(tree.peaks > 0 ? tree.padded[tree.pixels[0]] : 0, options);
  const standing = persistentPeaks(tree, least);
  const peaks = signPeaks(tree, standing, least, cut);
  const idOfPeak = new Int32Array(tree.peaks).fill(-1);
  peaks.forEach((peak, id) => {
    idOfPeak[peak] = id;
  });
  const idOfBasin = standing.map((peak) => idOfPeak[peak]);

  const labels = new Int32Array(width * height).fill(-1);
  const count = peaks.length;
  const area = new Uint32Array(count);
  const mass = new Float64Array(count);
  const sumX = new Float64Array(count);
  const sumY = new Float64Array(count);
  const left = new Uint32Array(count).fill(width);
  const right = new Uint32Array(count);
  const top = new Uint32Array(count).fill(height);
  const bottom = new Uint32Array(count);
  let total = 0;
  const stride = width + 2;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y + 1) * stride + x + 1;
      const basin = tree.basins[at];
      if (basin < 0) continue;
      const value = tree.padded[at];
      total += value;
      const id = idOfBasin[basin];
      if (value < cut || id < 0) continue;
      labels[y * width + x] = id;
      area[id]++;
      mass[id] += value;
      sumX[id] += value * x;
      sumY[id] += value * y;
      if (x < left[id]) left[id] = x;
      if (x >= right[id]) right[id] = x + 1;
      if (y < top[id]) top[id] = y;
      bottom[id] = y + 1;
    }
  }

  const signs = peaks.map((peak, id): Sign => {
    const pixel = tree.pixels[peak];
    return {
      id,
      area: area[id],
      mass: mass[id],
      share: mass[id] / total,
      peak: [(pixel % stride) - 1, Math.floor(pixel / stride) - 1, tree.padded[pixel]],
      centroid: [sumX[id] / mass[id], sumY[id] / mass[id]],
      box: [left[id], top[id], right[id], bottom[id]],
      persistence: tree.persistence[peak],
    };
  });
  return { labels, signs };
}
