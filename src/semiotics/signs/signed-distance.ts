/** A window on a grid: first column and row, and those behind the last. May reach beyond the grid, where nothing is. */
export type Window = readonly [x0: number, y0: number, x1: number, y1: number];

/**
 * Signed distance from the border of a region, in pixels, over a window: negative inside, positive outside, +-0.5 at the pixels that touch
 * the border. Distances are Euclidean, from centre to centre, by the lower envelope of parabolas (Felzenszwalb and Huttenlocher 2012): time
 * grows as the window.
 *
 * @param labels height x width, row-major
 * @param id label of the region's pixels, some of which lie in the window
 * @param window holds the region and a margin of one pixel around it
 * @returns window height x window width, row-major
 */
export function signedDistance(
  labels: Int32Array,
  width: number,
  id: number,
  [x0, y0, x1, y1]: Window,
): Float32Array {
  const height = labels.length / width;
  const [columns, rows] = [x1 - x0, y1 - y0];
  const toInside = new Float64Array(columns * rows).fill(FAR);
  const toOutside = new Float64Array(columns * rows);
  for (let y = Math.max(0, y0); y < Math.min(height, y1); y++) {
    for (let x = Math.max(0, x0); x < Math.min(width, x1); x++) {
      if (labels[y * width + x] !== id) continue;
      const at = (y - y0) * columns + x - x0;
      toInside[at] = 0;
      toOutside[at] = FAR;
    }
  }
  squaredDistances(toInside, columns, rows);
  squaredDistances(toOutside, columns, rows);
  const signed = new Float32Array(columns * rows);
  for (let at = 0; at < signed.length; at++) {
    const squared = toInside[at];
    signed[at] = squared > 0 ? Math.sqrt(squared) - 0.5 : 0.5 - Math.sqrt(toOutside[at]);
  }
  return signed;
}

/** Greater than any squared distance, small enough that differences of parabolas stay exact. */
const FAR = 1e9;

/** Turns 0 at the feature pixels and FAR elsewhere into squared distances to the nearest feature pixel, in place. */
function squaredDistances(values: Float64Array, columns: number, rows: number): void {
  const longest = Math.max(columns, rows);
  const scratch = {
    line: new Float64Array(longest),
    sites: new Int32Array(longest),
    ends: new Float64Array(longest + 1),
  };
  for (let x = 0; x < columns; x++) transform(values, x, columns, rows, scratch);
  for (let y = 0; y < rows; y++) transform(values, y * columns, 1, columns, scratch);
}

/** One line of the transform: the lower envelope of the parabolas that stand on its pixels. */
function transform(
  values: Float64Array,
  start: number,
  stride: number,
  count: number,
  { line, sites, ends }: { line: Float64Array; sites: Int32Array; ends: Float64Array },
): void {
  for (let i = 0; i < count; i++) line[i] = values[start + i * stride];
  let last = 0;
  sites[0] = 0;
  ends[0] = Number.NEGATIVE_INFINITY;
  ends[1] = Number.POSITIVE_INFINITY;
  for (let q = 1; q < count; q++) {
    let meet = meeting(line, sites[last], q);
    while (meet <= ends[last]) meet = meeting(line, sites[--last], q);
    last++;
    sites[last] = q;
    ends[last] = meet;
    ends[last + 1] = Number.POSITIVE_INFINITY;
  }
  let site = 0;
  for (let q = 0; q < count; q++) {
    while (ends[site + 1] < q) site++;
    const away = q - sites[site];
    values[start + q * stride] = away * away + line[sites[site]];
  }
}

/** Where the parabolas on `p` and on the later `q` cross. */
const meeting = (line: Float64Array, p: number, q: number) =>
  (line[q] + q * q - (line[p] + p * p)) / (2 * (q - p));
