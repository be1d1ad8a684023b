import type { NonNegative } from './non-negative-factors';

/** Rows count as explained by those before them where less of their square is left than this share of the largest. */
const rest = 1e-9;
/** Rows that sum to less than this share of the largest sum are not chosen: what they consist of is mostly noise. */
const faint = 0.1;

/**
 * Rows that are least like one another, whatever they sum to: each divided by its sum, the longest is chosen, then always the one with
 * the most left of it beside all those chosen (successive projection: Araújo et al. 2001; Gillis and Vavasis 2014). Where some rows
 * are pure and all others mixtures of them, it finds the pure ones. A start for factors that leaves nothing to chance; fewer than
 * `count` where no row has anything left: the rank is reached.
 */
export function extremeRows({ values, rows, columns }: NonNegative, count: number): number[] {
  const sums = new Float64Array(rows);
  const left = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let at = i * columns; at < (i + 1) * columns; at++) {
      sums[i] += values[at];
      left[i] += values[at] * values[at];
    }
  }
  const enough = faint * sums.reduce((a, b) => Math.max(a, b), 0);
  for (let i = 0; i < rows; i++) left[i] = sums[i] > 0 && sums[i] >= enough ? left[i] / sums[i] ** 2 : 0;
  const largest = left.reduce((a, b) => Math.max(a, b), 0);
  const chosen: number[] = [];
  const directions: Float64Array[] = [];
  while (chosen.length < count) {
    let next = 0;
    for (let i = 1; i < rows; i++) if (left[i] > left[next]) next = i;
    if (largest === 0 || left[next] <= rest * largest) break;
    const direction = Float64Array.from(values.subarray(next * columns, (next + 1) * columns));
    // Twice: what rounding left of the earlier directions goes as well.
    for (const earlier of [...directions, ...directions]) takeOff(direction, earlier);
    const length = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0));
    for (let c = 0; c < columns; c++) direction[c] /= length;
    for (let i = 0; i < rows; i++) {
      if (left[i] === 0) continue;
      let along = 0;
      for (let c = 0; c < columns; c++) along += direction[c] * values[i * columns + c];
      left[i] = Math.max(0, left[i] - (along / sums[i]) ** 2);
    }
    left[next] = 0;
    directions.push(direction);
    chosen.push(next);
  }
  return chosen;
}

function takeOff(from: Float64Array, direction: Float64Array): void {
  let along = 0;
  for (let c = 0; c < from.length; c++) along += from[c] * direction[c];
  for (let c = 0; c < from.length; c++) from[c] -= along * direction[c];
}
