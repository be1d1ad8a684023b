import { sizeOf } from '../ops/operation';

/*
 * ONNX writes feature maps as [n, c, h, w]; here they lie as [h, w, c]. An order says where the axes of the file lie:
 * it lists them, by their number in the file, from the outermost to the innermost. A file is read with a batch of one picture, and
 * what is computed gets an axis of pictures of its own, in front of all that an order lists: so windows may be folded into the first
 * axis of the file, or heads come to lie there. A first axis of size 1 may be left out of an order, and is as a rule.
 */

/** Order of a feature map [n, c, h, w] that lies as [h, w, c]. */
export const channelsLast: readonly number[] = [2, 3, 1];

/** Order of a tensor with a first axis of size 1 that lies as the file writes it. */
export const asWritten = (rank: number): number[] => Array.from({ length: rank - 1 }, (_, i) => i + 1);

/** Axes without a first one of size 1. */
export const withoutFront = (shape: readonly number[], axes: readonly number[]): number[] =>
  axes.filter((axis) => axis !== 0 || shape[0] !== 1);

/** Order of any tensor that lies as the file writes it. */
export const allAxes = (shape: readonly number[]): number[] =>
  withoutFront(
    shape,
    shape.map((_, axis) => axis),
  );

/** Sizes in the order in which they lie. */
export const lying = (shape: readonly number[], order: readonly number[]) => order.map((axis) => shape[axis]);

/** True where both orders put the same numbers into the same places: axes of size 1 may lie anywhere. */
export function liesAlike(shape: readonly number[], a: readonly number[], b: readonly number[]): boolean {
  const long = (order: readonly number[]) => order.filter((axis) => shape[axis] !== 1).join();
  return long(a) === long(b);
}

/** Axes of the old shape and of the new one that hold the same numbers. */
interface Group {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** The finest groups of axes whose sizes multiply to the same. */
function groupsOf(from: readonly number[], to: readonly number[]): Group[] {
  const groups: Group[] = [];
  let [i, k] = [0, 0];
  while (i < from.length || k < to.length) {
    const group = { from: [] as number[], to: [] as number[] };
    const take = (side: 'from' | 'to') => group[side].push(side === 'from' ? i++ : k++);
    if (i < from.length) take('from');
    if (k < to.length) take('to');
    for (;;) {
      const [a, b] = [sizeOf(group.from.map((axis) => from[axis])), sizeOf(group.to.map((axis) => to[axis]))];
      if (a === b) break;
      if (a < b && i < from.length) take('from');
      else if (b < a && k < to.length) take('to');
      else break;
    }
    groups.push(group);
  }
  return groups;
}

/**
 * How to bring a tensor into another shape with as little moving as possible.
 * @param from its shape in the file
 * @param order in which it lies
 * @param to the new shape, of the same size
 * @returns the order in which it has to lie before its numbers are given the new shape, and the order afterwards
 */
export function reshapeOrder(from: readonly number[], order: readonly number[], to: readonly number[]) {
  const groups = groupsOf(from, to);
  // Axes that become one go where the innermost of them lies: heads to the numbers of their tokens.
  const place = (group: Group) =>
    Math.max(...withoutFront(from, group.from).map((axis) => order.indexOf(axis)), -1);
  const sorted = [...groups].sort((a, b) => place(a) - place(b));
  return {
    before: withoutFront(
      from,
      sorted.flatMap(({ from: axes }) => [...axes]),
    ),
    after: withoutFront(
      to,
      sorted.flatMap(({ to: axes }) => [...axes]),
    ),
  };
}

/** A permutation in as few axes as it needs: axes that stay neighbours are taken together. */
export interface Permutation {
  readonly shape: readonly number[];
  readonly permutation: readonly number[];
}

/** Brings a tensor that lies in order `from` into order `to`. */
export function permutationBetween(
  shape: readonly number[],
  from: readonly number[],
  to: readonly number[],
): Permutation {
  const runs: number[][] = [];
  for (const axis of to) {
    const run = runs.at(-1);
    if (run && from.indexOf(axis) === from.indexOf(run[run.length - 1]) + 1) run.push(axis);
    else runs.push([axis]);
  }
  const ordered = [...runs].sort((a, b) => from.indexOf(a[0]) - from.indexOf(b[0]));
  return {
    shape: ordered.map((run) => sizeOf(run.map((axis) => shape[axis]))),
    permutation: runs.map((run) => ordered.indexOf(run)),
  };
}
