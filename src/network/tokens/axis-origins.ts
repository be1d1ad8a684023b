import type { OperationSpec } from '../ops';
import { type Shape, sizeOf } from '../ops/operation';
import type { Plan, PlannedNode } from '../optimise';

/*
 * Where the axes of every tensor come from: which hold rows or columns of the picture, though they were flattened to tokens, cut into
 * windows or put beside a class token. A tensor whose axes hold every row and every column once can be laid out as a map.
 */

/** Places on an axis of a grid that lie `inner` apart: all of it, or the windows, or the places of a window. */
export interface Atom {
  readonly of: 'rows' | 'columns' | 'other';
  readonly size: number;
  readonly inner: number;
  /** Of the grid's axis as a whole. */
  readonly length: number;
}

/** An axis as the product of its atoms, outermost first, with places of another kind before and behind: a class token. */
export interface AxisOrigin {
  readonly atoms: readonly Atom[];
  readonly before: number;
  readonly after: number;
}

export type Origin = readonly AxisOrigin[];

type Spec = OperationSpec<unknown>;

const axisOf = (of: Atom['of'], size: number): AxisOrigin => ({
  atoms: size === 1 && of === 'other' ? [] : [{ of, size, inner: 1, length: size }],
  before: 0,
  after: 0,
});

const other = (size: number) => axisOf('other', size);
const unknown = (shape: Shape): Origin => shape.map(other);

/** Whether an axis is nothing but all rows, or all columns, of a grid. */
const isWhole = ({ atoms, before, after }: AxisOrigin, of: 'rows' | 'columns') =>
  before + after === 0 && atoms.length === 1 && atoms[0].of === of && atoms[0].size === atoms[0].length;

export const isOfGrid = ({ atoms }: AxisOrigin) => atoms.some(({ of }) => of !== 'other');

const isPlain = ({ before, after }: AxisOrigin) => before + after === 0;

/** Origins of the output's axes of all nodes, by name. */
export function axisOrigins(
  plan: Plan,
  input: string,
  shapes: ReadonlyMap<string, Shape>,
): Map<string, Origin> {
  const origins = new Map<string, Origin>([[input, asMap(shapes.get(input) as Shape)]]);
  for (const node of plan.nodes) {
    const given = node.inputs.map((name) => ({
      shape: shapes.get(name) as Shape,
      origin: origins.get(name) as Origin,
    }));
    origins.set(node.name, renewed(originOf(node, given, shapes.get(node.name) as Shape)));
  }
  return origins;
}

/** Where only every so many rows are left, what lay between them being taken together, they are the rows of another grid. */
function renewed(given: Origin): Origin {
  const origin = filled(given);
  const [rows, columns] = [stepOf('rows', origin), stepOf('columns', origin)];
  if (rows === 1 && columns === 1) return origin;
  const finer = (atom: Atom): Atom => {
    const step = { rows, columns, other: 1 }[atom.of];
    return step === 1 ? atom : { ...atom, inner: atom.inner / step, length: atom.length / step };
  };
  return origin.map((axis) => ({ ...axis, atoms: axis.atoms.map(finer) }));
}

/** Channels that became places between all rows and all columns make the grid of a larger map (pixel shuffle, Shi et al. 2016). */
function filled(origin: Origin): Origin {
  const [rows, columns] = (['rows', 'columns'] as const).map((of) =>
    origin.findIndex(({ atoms: [first, second], before, after }) => {
      const isWhole = first?.of === of && first.size === first.length && before + after === 0;
      return isWhole && second?.of === 'other';
    }),
  );
  if (rows < 0 || columns < 0 || rows === columns) return origin;
  return origin.map((axis, i) =>
    i === rows || i === columns ? axisOf(i === rows ? 'rows' : 'columns', placesOf(axis)) : axis,
  );
}

/** How many rows lie from one that is left to the next; 1 where they are not evenly spread. */
function stepOf(of: Atom['of'], origin: Origin): number {
  const atoms = origin.flatMap((axis) => axis.atoms.filter((atom) => atom.of === of));
  const ordered = atoms.toSorted((a, b) => a.inner - b.inner);
  if (ordered.length === 0 || ordered[0].inner === 1) return 1;
  let { inner } = ordered[0];
  for (const atom of ordered) {
    if (atom.inner !== inner || atom.length !== ordered[0].length) return 1;
    inner *= atom.size;
  }
  return inner === ordered[0].length ? ordered[0].inner : 1;
}

const asMap = ([height, width, ...channels]: Shape): Origin => [
  axisOf('rows', height),
  axisOf('columns', width),
  ...channels.map(other),
];

interface Given {
  readonly shape: Shape;
  readonly origin: Origin;
}

function originOf({ spec }: PlannedNode, given: readonly Given[], shape: Shape): Origin {
  const [{ origin, shape: own }] = given;
  switch (spec.type) {
    case 'convolution':
    case 'transposed-convolution':
    case 'pooling':
    case 'resize':
    case 'centre-crop':
      if (isMap(origin)) return origin.map((axis, i) => resized(axis, shape[i]));
      return ofEvery(origin, shape) ?? unknown(shape);
    case 'dense':
    case 'gru':
    case 'lstm':
    case 'simple-recurrent':
      return [...origin.slice(0, -1), other(shape[shape.length - 1])];
    case 'merge':
      return joined(given, shape);
    case 'pick':
    case 'highest-places':
    case 'grid-sample':
      return unknown(shape);
    case 'matrix-product':
      return multiplied(spec.transposed, given, shape);
    case 'reshape':
    case 'axes':
      return reshaped(origin, own, shape);
    case 'transpose':
      return spec.permutation.map((axis) => origin[axis]);
    case 'concatenate':
      return concatenated(spec.axis < 0 ? spec.axis + shape.length : spec.axis, given, shape);
    case 'reduce': {
      const kept = origin.map((axis, i) => (spec.axes.includes(i) ? other(1) : axis));
      return spec.keep ? kept : kept.filter((_, i) => !spec.axes.includes(i));
    }
    default:
      return own.length === shape.length ? changed(spec, origin, own, shape) : unknown(shape);
  }
}

/**
 * Maps [maps, rows, columns, channels] of every so many rows and columns of a picture, as convolutions with gaps are written: how many
 * there are of a map may change, how far they lie apart does not.
 */
function ofEvery(origin: Origin, shape: Shape): Origin | null {
  const [maps, ...axes] = origin;
  if (origin.length !== 4 || !isPlain(maps)) return null;
  const outer = axes.slice(0, 2).map(({ atoms, before, after }) => {
    const [atom] = atoms;
    const isOuter = atoms.length === 1 && before + after === 0 && atom.size * atom.inner === atom.length;
    return isOuter && atom.of !== 'other' ? atom : null;
  });
  if (outer.some((atom) => atom === null) || outer[0]?.of === outer[1]?.of) return null;
  const lengths = new Map(outer.map((atom, i) => [atom?.of, (atom?.inner ?? 1) * shape[i + 1]]));
  const anew = (axis: AxisOrigin, size?: number): AxisOrigin => ({
    ...axis,
    atoms: axis.atoms.map((atom) => {
      const length = lengths.get(atom.of) ?? atom.length;
      return { ...atom, length, size: size ?? atom.size };
    }),
  });
  return [anew(maps), anew(axes[0], shape[1]), anew(axes[1], shape[2]), other(shape[3])];
}

/** Whether a tensor is a feature map as it lies, or as the network has turned it about its diagonal. */
export const isMap = ({ length, 0: first, 1: second }: Origin) =>
  length === 3 &&
  ((isWhole(first, 'rows') && isWhole(second, 'columns')) ||
    (isWhole(first, 'columns') && isWhole(second, 'rows')));

/** What keeps its axes, or cuts and frames some of them. */
function changed(spec: Spec, origin: Origin, own: Shape, shape: Shape): Origin {
  if (spec.type === 'constant' || spec.type === 'embedding') return unknown(shape);
  return origin.map((axis, i) => {
    if (spec.type === 'gather') return i === spec.axis ? other(shape[i]) : axis;
    if (spec.type === 'slice') {
      const begin = spec.begin[i] < 0 ? spec.begin[i] + own[i] : spec.begin[i];
      if (shape[i] !== own[i] && (spec.steps?.[i] ?? 1) === 1) return cut(axis, begin, shape[i]);
    }
    if (shape[i] === own[i]) return axis;
    return resized(axis, shape[i]);
  });
}

/** A part of an axis: without some of the places beside the grid, or without the grid. */
function cut(axis: AxisOrigin, begin: number, size: number): AxisOrigin {
  const grid = sizeOf(axis.atoms.map((atom) => atom.size));
  const [before, end] = [axis.before - begin, begin + size - axis.before - grid];
  if (before >= 0 && end >= 0) return { ...axis, before, after: end };
  return resized(axis, size);
}

/** Rows that were cut, framed or taken every so many are rows of another grid. */
function resized(axis: AxisOrigin, size: number): AxisOrigin {
  if (isWhole(axis, 'rows')) return axisOf('rows', size);
  return isWhole(axis, 'columns') ? axisOf('columns', size) : other(size);
}

/** Elementwise: an axis is that of the first that has it as it is, and knows it to be of a grid. */
function joined(given: readonly Given[], shape: Shape): Origin {
  return shape.map((size, axis) => {
    const axes = given.flatMap(({ origin, shape: own }) => {
      const i = axis - shape.length + own.length;
      return own[i] === size ? [origin[i]] : [];
    });
    return axes.find(isOfGrid) ?? axes[0] ?? other(size);
  });
}

/** Rows come from the first factor, columns from the second. */
function multiplied(
  [left, right]: readonly [boolean, boolean],
  given: readonly Given[],
  shape: Shape,
): Origin {
  const [a, b] = given;
  const outer = given.map(({ origin, shape: own }) => ({
    origin: origin.slice(0, -2),
    shape: own.slice(0, -2),
  }));
  return [
    ...joined(outer, shape.slice(0, -2)),
    a.origin[a.origin.length - (left ? 1 : 2)],
    b.origin[b.origin.length - (right ? 2 : 1)],
  ];
}

/** Side by side along an axis: tokens beside those of a grid; or a grid cut and put together in another order. */
function concatenated(axis: number, given: readonly Given[], shape: Shape): Origin {
  const along = given.map(({ origin }) => origin[axis]);
  const [main] = given.filter((_, i) => isOfGrid(along[i]));
  if (!main)
    return (given.find(({ origin }) => origin.some(isOfGrid)) ?? given[0]).origin.map((each, i) =>
      i === axis ? other(shape[i]) : each,
    );
  const place = given.indexOf(main);
  const isAlone = along.every((each, i) => i === place || !isOfGrid(each));
  const count = (list: readonly Given[]) => list.reduce((sum, { shape: own }) => sum + own[axis], 0);
  const origin = along[place];
  const beside = isAlone
    ? {
        atoms: origin.atoms,
        before: origin.before + count(given.slice(0, place)),
        after: origin.after + count(given.slice(place + 1)),
      }
    : resized(origin, shape[axis]);
  return main.origin.map((each, i) => (i === axis ? beside : each));
}

function reshaped(origin: Origin, from: Shape, to: Shape): Origin {
  const result: AxisOrigin[] = [];
  let i = 0;
  while (result.length < to.length) {
    const first = result.length;
    const taken: AxisOrigin[] = [];
    const sizes: number[] = [];
    do {
      const [a, b] = [sizeOf(taken.map(placesOf)), sizeOf(sizes)];
      if (a <= b && i < from.length) taken.push(origin[i++]);
      else if (first + sizes.length < to.length) sizes.push(to[first + sizes.length]);
      else break;
    } while (sizes.length === 0 || sizeOf(taken.map(placesOf)) !== sizeOf(sizes));
    result.push(...split(taken, sizes));
  }
  return result;
}

const placesOf = ({ atoms, before, after }: AxisOrigin) =>
  sizeOf(atoms.map(({ size }) => size)) + before + after;

/** Axes that become others of the same size all together. */
function split(taken: readonly AxisOrigin[], sizes: readonly number[]): AxisOrigin[] {
  const long = taken.filter((axis) => placesOf(axis) > 1);
  if (long.length === 1 && sizes.filter((size) => size > 1).length === 1) {
    return sizes.map((size) => (size > 1 ? long[0] : other(1)));
  }
  if (!taken.every(isPlain)) return sizes.map(other);
  const left = taken.flatMap(({ atoms }) => [...atoms]);
  const axes = sizes.map((size) => takeAtoms(left, size));
  if (axes.some((axis) => axis === null)) return sizes.map(other);
  return (axes as Atom[][]).map((atoms) => ({ atoms: together(atoms), before: 0, after: 0 }));
}

/** Takes atoms from the front until they make `size` places; the last one is cut where it has to be. */
function takeAtoms(left: Atom[], size: number): Atom[] | null {
  const taken: Atom[] = [];
  for (let need = size; need > 1; ) {
    const atom = left.shift();
    if (!atom) return null;
    if (need % atom.size === 0) {
      taken.push(atom);
      need /= atom.size;
    } else if (atom.size % need === 0) {
      const inside = atom.size / need;
      taken.push({ ...atom, size: need, inner: atom.inner * inside });
      left.unshift({ ...atom, size: inside });
      need = 1;
    } else return null;
  }
  return taken;
}

/** Windows of rows beside the rows of a window are rows again. */
function together(atoms: readonly Atom[]): Atom[] {
  const result: Atom[] = [];
  for (const atom of atoms) {
    const last = result.at(-1);
    const follows =
      last && last.of !== 'other' && last.of === atom.of && last.inner === atom.inner * atom.size;
    if (follows) result[result.length - 1] = { ...last, size: last.size * atom.size, inner: atom.inner };
    else if (atom.size > 1 || atom.of !== 'other') result.push(atom);
  }
  return result;
}
