import { sizeOf } from './ops/operation';

/*
 * Places of tensors that broadcast to each other, and sums over some of their axes: what is computed of weights alone, on all the
 * millions of them that a network has.
 */

/** Where place i of a tensor of `whole` shape lies in one of `part` that broadcasts to it. */
export function placesIn(part: readonly number[], whole: readonly number[]): (i: number) => number {
  const runs = runsOf(part, whole);
  const steps: number[] = [];
  let step = 1;
  for (let k = runs.length - 1; k >= 0; k--) {
    steps[k] = runs[k].isOwn ? step : 0;
    if (runs[k].isOwn) step *= runs[k].length;
  }
  if (runs.every(({ isOwn }) => !isOwn)) return () => 0;
  if (runs.length === 1) return (i) => i;
  if (runs.length === 2) {
    const inner = runs[1].length;
    return runs[0].isOwn ? (i) => Math.floor(i / inner) : (i) => i % inner;
  }
  return (i) => {
    let rest = i;
    let place = 0;
    for (let k = runs.length - 1; k >= 0; k--) {
      const { length } = runs[k];
      if (steps[k] > 0) place += (rest % length) * steps[k];
      rest = Math.floor(rest / length);
    }
    return place;
  };
}

/** Neighbouring axes that the part has as the whole has them, or repeats, taken as one: of most weights two are left. */
function runsOf(part: readonly number[], whole: readonly number[]) {
  const runs: { length: number; isOwn: boolean }[] = [];
  whole.forEach((length, axis) => {
    if (length === 1) return;
    const isOwn = (part[axis - whole.length + part.length] ?? 1) > 1;
    const last = runs.at(-1);
    if (last?.isOwn === isOwn) last.length *= length;
    else runs.push({ length, isOwn });
  });
  return runs;
}

/** A shape of which axes are reduced to 1. */
export const keptShape = (shape: readonly number[], axes: readonly number[]) =>
  shape.map((size, axis) => (axes.includes(axis) ? 1 : size));

export interface Fold {
  readonly start: number;
  add(sum: number, value: number): number;
  finish?(sum: number, count: number): number;
}

/** Sums, in float64, of the numbers that a place of `kept` stands for. */
export function folded(
  values: ArrayLike<number>,
  shape: readonly number[],
  kept: readonly number[],
  fold: Fold,
): Float64Array {
  const sums = new Float64Array(sizeOf(kept)).fill(fold.start);
  const at = placesIn(kept, shape);
  for (let i = 0; i < values.length; i++) {
    const place = at(i);
    sums[place] = fold.add(sums[place], values[i]);
  }
  const { finish } = fold;
  const count = values.length / sums.length;
  return finish ? sums.map((sum) => finish(sum, count)) : sums;
}
