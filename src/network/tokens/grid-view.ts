import { type Shape, sizeOf } from '../ops/operation';
import type { Atom, Origin } from './axis-origins';

/** How a tensor is laid out as a map [h, w, c]. */
export interface GridView {
  /** The axis beside whose grid other tokens lie, with how many there are before and behind; null where there are none. */
  readonly beside: {
    readonly axis: number;
    /** Axes of the tensor. */
    readonly rank: number;
    readonly before: number;
    readonly after: number;
  } | null;
  /** Shape of the tensor without these. */
  readonly tokens: Shape;
  /** The grid's tokens, every axis taken apart into what it holds. */
  readonly parts: Shape;
  /** Part that comes to lie at place i: rows, then columns, then channels. */
  readonly permutation: readonly number[];
  /** [h, w, c] */
  readonly shape: readonly [number, number, number];
}

interface Placed extends Atom {
  readonly part: number;
}

/** The map that a tensor holds; null where its axes do not hold every place of a grid once. */
export function gridView(origin: Origin): GridView | null {
  const besides = origin.flatMap(({ before, after }, axis) =>
    before + after > 0 ? [{ axis, rank: origin.length, before, after }] : [],
  );
  const atoms: Placed[] = origin.flatMap((axis) => [...axis.atoms]).map((atom, part) => ({ ...atom, part }));
  const [rows, columns] = [allOf('rows', atoms), allOf('columns', atoms)];
  if (!rows || !columns || besides.length > 1) return null;
  const { length: height } = rows[0];
  const { length: width } = columns[0];
  if (height * width < 2) return null;
  const channels = atoms.filter(({ of }) => of === 'other');
  return {
    beside: besides[0] ?? null,
    tokens: origin.map((axis) => sizeOf(axis.atoms.map(({ size }) => size))),
    parts: atoms.map(({ size }) => size),
    permutation: [...rows, ...columns, ...channels].map(({ part }) => part),
    shape: [height, width, sizeOf(channels.map(({ size }) => size))],
  };
}

/** The atoms of an axis of the grid, from the outermost, where they make the whole of it. */
function allOf(of: 'rows' | 'columns', atoms: readonly Placed[]): Placed[] | null {
  const own = atoms.filter((atom) => atom.of === of).sort((a, b) => b.inner - a.inner);
  let inner = 1;
  for (const atom of own.toReversed()) {
    if (atom.inner !== inner || atom.length !== own[0].length) return null;
    inner *= atom.size;
  }
  return own.length > 0 && inner === own[0].length ? own : null;
}
