import { assertSize } from './semiotics-errors';

/** A part of a picture by its pixels. */
export interface RegionMask {
  width: number;
  height: number;
  /** height x width, row-major: 1 inside, 0 outside. */
  inside: Uint8Array;
}

/** The share of a map's mass inside a region, beside that of the same region elsewhere. */
export interface RegionShare {
  /** 0 .. 1. */
  share: number;
  /** Of the region moved about: mean, and what 5 % and 95 % of the places do not exceed; null where it cannot be moved. */
  null: { mean: number; low: number; high: number } | null;
  /** Whether the share is greater than at 95 % of the places; false where the region cannot be moved. */
  above: boolean;
}

/** Along each axis the region is moved to as many places, evenly spaced from one border to the other. */
const PLACES = 16;
/** From fewer places nothing is said. */
const FEWEST = 20;
const CHANCE = 0.95;
/** A place that shares more than this of the region's pixels with it is the same place. */
const SAME = 0.5;

/** The runs of a region, row by row: row, first column, and the column behind the last. */
type Run = readonly [row: number, from: number, to: number];

function runsOf({ width, height, inside }: RegionMask): Run[] {
  const runs: Run[] = [];
  for (let y = 0; y < height; y++) {
    let from = -1;
    for (let x = 0; x <= width; x++) {
      const is = x < width && inside[y * width + x] === 1;
      if (is && from < 0) from = x;
      if (!is && from >= 0) {
        runs.push([y, from, x]);
        from = -1;
      }
    }
  }
  return runs;
}

/** Whole offsets from the least to the greatest, both among them. */
function offsets(least: number, greatest: number): number[] {
  const steps = Math.min(PLACES - 1, greatest - least);
  if (steps === 0) return [least];
  return Array.from({ length: steps + 1 }, (_, i) => Math.round(least + ((greatest - least) * i) / steps));
}

/** The share of a map's positive mass inside the runs, moved by whole pixels; null where the map has none. */
function shareAt(runs: readonly Run[], map: Float32Array, { width, height }: RegionMask) {
  // Sums of each row up to a column, so that a run costs two reads wherever it lies.
  const sums = new Float64Array((width + 1) * height);
  let mass = 0;
  for (let y = 0; y < height; y++) {
    let sum = 0;
    for (let x = 0; x < width; x++) {
      sum += Math.max(0, map[y * width + x]);
      sums[y * (width + 1) + x + 1] = sum;
    }
    mass += sum;
  }
  if (!(mass > 0)) return null;
  return (dx: number, dy: number): number => {
    let sum = 0;
    for (const [y, from, to] of runs) {
      const row = (y + dy) * (width + 1) + dx;
      sum += sums[row + to] - sums[row + from];
    }
    return sum / mass;
  };
}

/**
 * How much of a map's positive mass lies inside a region, and how much would inside the same region at other places of the picture: what a
 * region of this shape and size holds elsewhere. Null where the map has no mass or the region no pixel.
 *
 * @param map height x width, row-major, on the region's grid
 * @throws MapError where the map is of another size
 */
export function regionShare(map: Float32Array, region: RegionMask): RegionShare | null {
  const { width, height } = region;
  assertSize(map.length, width, height);
  const runs = runsOf(region);
  const at = shareAt(runs, map, region);
  if (!at || runs.length === 0) return null;
  const itself = shareAt(runs, Float32Array.from(region.inside), region);
  const [top, bottom] = [runs[0][0], runs[runs.length - 1][0] + 1];
  const left = Math.min(...runs.map(([, from]) => from));
  const right = Math.max(...runs.map(([, , to]) => to));
  const shares: number[] = [];
  for (const dy of offsets(-top, height - bottom))
    for (const dx of offsets(-left, width - right))
      if (itself && itself(dx, dy) <= SAME) shares.push(at(dx, dy));
  const share = at(0, 0);
  if (shares.length < FEWEST) return { share, null: null, above: false };
  shares.sort((a, b) => a - b);
  const quantile = (part: number) => shares[Math.min(shares.length - 1, Math.ceil(part * shares.length) - 1)];
  const mean = shares.reduce((sum, value) => sum + value, 0) / shares.length;
  const [low, high] = [quantile(1 - CHANCE), quantile(CHANCE)];
  return { share, null: { mean, low, high }, above: share > high };
}
