import type { JobKind } from '../fast-convolution/kernel-exports';
import type { Machine } from '../fast-convolution/machine';

/** An axis that two tensors are walked along, with its steps in each; numbers, or bytes where it says so. */
export interface Axis {
  size: number;
  a: number;
  b: number;
}

/** Numbers of a task at least: less is done before another thread wakes up. */
const SMALLEST_TASK = 2 ** 14;

/** Numbers from which on a row is done in pieces. */
const LONGEST_PIECE = 2 ** 13;

/** Steps of the axes of a tensor as it lies, in numbers. */
export function stepsOf(shape: readonly number[]): number[] {
  const steps = new Array<number>(shape.length);
  for (let axis = shape.length - 1, step = 1; axis >= 0; axis--) {
    steps[axis] = step;
    step *= shape[axis];
  }
  return steps;
}

/** Steps of a tensor along the axes of a shape that it is broadcast to; 0 where it stands still. */
export function broadcastSteps(own: readonly number[], shape: readonly number[]): number[] {
  const steps = stepsOf(own);
  return shape.map((_, axis) => {
    const at = axis - (shape.length - own.length);
    return at < 0 || own[at] === 1 ? 0 : steps[at];
  });
}

/** Leaves out axes of one place and joins neighbours that follow one another in both tensors; at least one axis is left. */
export function joinAxes(axes: readonly Axis[]): Axis[] {
  const joined: Axis[] = [];
  for (const axis of axes) {
    if (axis.size === 1) continue;
    const outer = joined.at(-1);
    if (outer && outer.a === axis.a * axis.size && outer.b === axis.b * axis.size) {
      joined[joined.length - 1] = { ...axis, size: axis.size * outer.size };
    } else {
      joined.push(axis);
    }
  }
  return joined.length > 0 ? joined : [{ size: 1, a: 1, b: 1 }];
}

/** What a walk works on: the number of an operation, and addresses. */
export interface Walk {
  operation: number;
  a: number;
  b: number;
  output: number;
}

/** How the rows of a walk are cut. */
interface Cut {
  piece: number;
  pieces: number;
  /** Numbers of a piece, about. */
  work: number;
}

/**
 * Performs a job on two tensors along axes, the last of which is a row (`assembly/walk.ts`).
 * @param axes sizes, and steps in bytes; no size is 0
 * @param cut how a row is cut, by its length into pieces if left out
 */
export function performWalk(
  machine: Machine,
  kind: JobKind,
  { operation, a, b, output }: Walk,
  axes: readonly Axis[],
  cut?: Cut,
): void {
  const outer = axes.slice(0, -1);
  const row = axes[axes.length - 1];
  const { piece, pieces, work } = cut ?? {
    piece: LONGEST_PIECE,
    pieces: Math.ceil(row.size / LONGEST_PIECE),
    work: Math.min(row.size, LONGEST_PIECE),
  };
  const units = outer.reduce((product, { size }) => product * size, pieces);
  const wanted = Math.min(4 * machine.threads, Math.ceil((units * work) / SMALLEST_TASK));
  const together = Math.ceil(units / (machine.threads > 1 ? wanted : 1));
  const perform = (table: number) =>
    machine.perform(
      kind,
      [
        ...[operation, a, b, output, outer.length, table, row.size, row.a, row.b],
        ...[piece, pieces, together, units],
      ],
      Math.ceil(units / together),
    );
  if (outer.length === 0) {
    perform(0);
    return;
  }
  machine.lend(outer.length * 12, (table) => {
    const entries = machine.integers(table, outer.length * 3);
    outer.forEach(({ size, a: inA, b: inB }, i) => {
      entries.set([size, inA, inB], 3 * i);
    });
    perform(table);
  });
}
