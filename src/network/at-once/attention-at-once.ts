import type * as tf from '@tensorflow/tfjs-core';
import type { AttentionAttributes, Lying } from '../../backend/kernels/attention-kernel';
import { attended } from '../../backend/kernels/smooth-operations';
import type { Weight } from '../network-graph';
import { type Shape, sizeOf } from '../ops/operation';
import type { PlannedNode } from '../optimise';
import type { PlannedAtOnce } from './planned';
import {
  followsOn,
  isOneNumber,
  type Lay,
  laidAnew,
  type Named,
  stepsOf,
  type View,
  viewOf,
  wholeLay,
} from './views';

/** The nodes of a plan, and who reads them. */
export interface Readable extends Named {
  readonly readers: ReadonlyMap<string, readonly PlannedNode[]>;
  readonly output: string;
}

/**
 * Attention as one step: softmax(scale Q K^T + shifts) V from the softmax in it, with all that only lays queries, keys, values and
 * the result anew. Null where it is not computed so, or where others read what lies between.
 */
export function attentionAtOnce(softmax: PlannedNode, plan: Readable): PlannedAtOnce | null {
  const { spec } = softmax;
  if (spec.type !== 'activation' || spec.activation.name !== 'softmax') return null;
  const scores = scoresBefore(softmax, plan);
  const reading = readingBehind(softmax, plan);
  if (!scores || !reading) return null;
  const core = [...scores.through, softmax.name, ...reading.through];
  // What others read of the ways there is computed, and read from then on.
  const closed = new Set<string>();
  for (;;) {
    const read = {
      queries: viewOf(scores.product.inputs[0], plan, closed),
      keys: viewOf(scores.product.inputs[1], plan, closed),
      values: viewOf(reading.product.inputs[1], plan, closed),
    };
    const ways = Object.values(read).flatMap(({ through }) => through);
    const found = endsOf(reading.product, plan)
      .map((end) => attributesOf({ scores, reading, read, end }, plan))
      .find((each) => each !== null);
    if (!found) return null;
    const skips = new Set([...core, ...ways, ...found.end.through].filter((each) => each !== found.end.name));
    const isRead = (name: string) =>
      name === plan.output ||
      (plan.readers.get(name) ?? []).some(
        (reader) => !skips.has(reader.name) && reader.name !== found.end.name,
      );
    const open = [...skips].filter(isRead);
    if (open.length === 0) return planned(found, [...skips], read, scores.shifts);
    if (open.some((name) => !ways.includes(name))) return null;
    for (const name of open) closed.add(name);
  }
}

function planned(
  { end, attributes, pictureSizes }: Found,
  skips: readonly string[],
  { queries, keys, values }: Read,
  shifts: readonly Weight[],
): PlannedAtOnce {
  return {
    name: end.name,
    skips,
    inputs: [queries.source, keys.source, values.source],
    create(tensorOf) {
      const summands = shifts.map(tensorOf);
      const known = new Map<number, AttentionAttributes>();
      const forward = ([q, k, v]: tf.Tensor[]) => {
        const pictures = q.shape[0];
        const own = known.get(pictures) ?? ofPictures(attributes, pictures, pictureSizes);
        known.set(pictures, own);
        return attended({ queries: q, keys: k, values: v, shifts: summands }, own);
      };
      return { forward };
    },
  };
}

/** Numbers of one picture in what is read and written. */
interface PictureSizes {
  readonly queries: number;
  readonly keysLie: number;
  readonly values: number;
  readonly output: number;
}

/** The same for a batch of pictures, one after the other. */
function ofPictures(one: AttentionAttributes, pictures: number, sizes: PictureSizes): AttentionAttributes {
  const all = Array.from({ length: pictures }, (_, picture) => picture);
  const lying = ({ places, row }: Lying, size: number): Lying => ({
    row,
    places: all.flatMap((picture) => places.map((place) => place + picture * size)),
  });
  return {
    ...one,
    shape: [pictures, ...one.shape],
    queries: lying(one.queries, sizes.queries),
    keysLie: lying(one.keysLie, sizes.keysLie),
    values: lying(one.values, sizes.values),
    output: lying(one.output, sizes.output),
    shifts: one.shifts.map((places) => all.flatMap(() => places)),
  };
}

/** A product, and the nodes between it and the softmax. */
interface Scores {
  readonly product: PlannedNode;
  readonly through: readonly string[];
  readonly scale: number;
  /** Summands behind that, and for each product where its own begin. */
  readonly shifts: readonly Weight[];
  readonly shiftPlaces: readonly (readonly number[])[];
  /** Axes of the batch of products. */
  readonly batch: Shape;
}

const MOST_STEPS = 8;
const MOST_SHIFTS = 2;

/** Follows the scores from the product of queries and keys to the softmax. */
function scoresBefore({ inputs }: PlannedNode, { byName, shapes }: Named): Scores | null {
  const steps: PlannedNode[] = [];
  let node = byName.get(inputs[0]);
  while (node && node.spec.type !== 'matrix-product') {
    if (node.inputs.length !== 1 || steps.length === MOST_STEPS) return null;
    steps.unshift(node);
    node = byName.get(node.inputs[0]);
  }
  if (!node) return null;
  const product = node;
  let shape = shapes.get(product.name) as Shape;
  const batch = shape.slice(0, -2);
  let scale = 1;
  const shifts: Weight[] = [];
  const shiftPlaces: number[][] = [];
  for (const { name, spec } of steps) {
    const next = shapes.get(name) as Shape;
    if (spec.type === 'affine') {
      if (spec.scale && (!isOneNumber(spec.scale) || shifts.length > 0)) return null;
      scale *= spec.scale?.read()[0] ?? 1;
      if (spec.shift) {
        const places = placesIn(spec.shift.shape, shape);
        if (!places || shifts.length === MOST_SHIFTS) return null;
        shifts.push(spec.shift);
        shiftPlaces.push(places);
      }
    } else if (!['identity', 'reshape', 'axes'].includes(spec.type)) return null;
    if (next.slice(-2).join() !== shape.slice(-2).join()) return null;
    shape = next;
  }
  const through = [product.name, ...steps.map(({ name }) => name)];
  return { product, through, scale, shifts, shiftPlaces, batch };
}

/** Where, for each matrix of a batch, the matrix begins that is added to it; null where it is none of its size. */
function placesIn(own: Shape, shape: Shape): number[] | null {
  const faces = shape.slice(-2);
  if (own.slice(-2).join() !== faces.join()) return null;
  const batch = shape.slice(0, -2);
  const steps = broadcastStepsOf(wholeLay(own), batch);
  return steps && offsets(batch, steps);
}

/** Steps along the axes of a batch, 0 where a tensor is repeated; null where it has more axes, or others. */
function broadcastStepsOf({ shape, steps }: Lay, batch: Shape): number[] | null {
  const own = shape.slice(0, -2);
  const more = own.slice(0, Math.max(0, own.length - batch.length));
  if (more.some((size) => size !== 1)) return null;
  const missing = batch.length - own.length;
  const fits = batch.every((size, axis) => axis < missing || [1, size].includes(own[axis - missing]));
  if (!fits) return null;
  return batch.map((_, axis) => (axis < missing || own[axis - missing] === 1 ? 0 : steps[axis - missing]));
}

/** How far every place of some axes lies from the first. */
const offsets = (shape: Shape, steps: readonly number[], begin = 0): number[] =>
  shape.reduce(
    (places, size, axis) =>
      places.flatMap((place) => Array.from({ length: size }, (_, i) => place + i * steps[axis])),
    [begin],
  );

/** The product of probabilities and values. */
interface Reading {
  readonly product: PlannedNode;
  readonly through: readonly string[];
  readonly shape: Shape;
}

function readingBehind({ name }: PlannedNode, plan: Readable): Reading | null {
  let node: PlannedNode | undefined;
  let at = name;
  for (let step = 0; step < MOST_STEPS; step++) {
    const readers = plan.readers.get(at) ?? [];
    if (readers.length !== 1) return null;
    [node] = readers;
    if (node.spec.type === 'matrix-product') break;
    if (node.inputs.length !== 1) return null;
    at = node.name;
  }
  if (node?.spec.type !== 'matrix-product' || node.inputs[0] === node.inputs[1]) return null;
  const weights = viewOf(node.inputs[0], plan, new Set([name]));
  if (weights.source !== name || weights.scale !== 1 || !followsOn(weights)) return null;
  if (weights.shape.slice(-2).join() !== plan.shapes.get(name)?.slice(-2).join()) return null;
  const shape = plan.shapes.get(node.name) as Shape;
  if (node.spec.transposed[0] || sizeOf(weights.shape.slice(0, -2)) !== sizeOf(shape.slice(0, -2)))
    return null;
  return { product: node, through: [...weights.through, node.name], shape };
}

/** A node where what attention yields may be written to, and how it lies there. */
interface End {
  readonly name: string;
  /** The nodes between. */
  readonly through: readonly string[];
  readonly shape: Shape;
  /** The axes of the result in the order in which they are written, with steps of the product's own numbers. */
  readonly lay: Lay;
}

/** Those nodes, the furthest first. */
function endsOf({ name }: PlannedNode, { readers, shapes, output }: Readable): End[] {
  const shape = shapes.get(name) as Shape;
  const ends: End[] = [{ name, through: [], shape, lay: wholeLay(shape) }];
  let isWritten = false;
  for (let at = ends[0]; at.name !== output; at = ends[0]) {
    const [reader, ...others] = readers.get(at.name) ?? [];
    if (!reader || others.length > 0 || reader.inputs.length !== 1) break;
    const own = shapes.get(reader.name) as Shape;
    const isShape = ['identity', 'reshape', 'axes'].includes(reader.spec.type);
    const lay = isWritten ? null : laidAnew(reader, at.lay);
    if (!lay && !isShape) break;
    // From here on the numbers follow one another as they were written.
    if (!lay) isWritten = true;
    ends.unshift({ name: reader.name, through: [...at.through, at.name], shape: own, lay: lay ?? at.lay });
  }
  return ends;
}

interface Read {
  readonly queries: View;
  readonly keys: View;
  readonly values: View;
}

interface Found {
  readonly end: End;
  readonly attributes: AttentionAttributes;
  readonly pictureSizes: PictureSizes;
}

interface Parts {
  readonly scores: Scores;
  readonly reading: Reading;
  readonly read: Read;
  readonly end: End;
}

function attributesOf({ scores, reading, read, end }: Parts, { shapes }: Named): Found | null {
  const wholeSize = ({ source }: View) => sizeOf(shapes.get(source) as Shape);
  const [first, second] = [scores.product.spec, reading.product.spec];
  if (first.type !== 'matrix-product' || second.type !== 'matrix-product') return null;
  const queries = first.transposed[0] ? turned(read.queries) : read.queries;
  const keysLie = first.transposed[1] ? read.keys : turned(read.keys);
  const values = second.transposed[1] ? turned(read.values) : read.values;
  const [rows, depth] = queries.shape.slice(-2);
  const [keys, columns] = values.shape.slice(-2);
  const batch = reading.shape.slice(0, -2);
  if (sizeOf(batch) !== sizeOf(scores.batch) || values.scale !== 1) return null;
  const lying = (view: View, axes: Shape): Lying | null => {
    const steps = broadcastStepsOf(view, axes);
    const isInRows = view.shape.at(-1) === 1 || view.steps.at(-1) === 1;
    return steps && isInRows
      ? { places: offsets(axes, steps, view.begin), row: view.steps.at(-2) as number }
      : null;
  };
  const [ofQueries, ofKeys, ofValues, output] = [
    lying(queries, scores.batch),
    lying(keysLie, scores.batch),
    lying(values, batch),
    writing(end, reading.shape),
  ];
  if (!ofQueries || !ofKeys || !ofValues || !output) return null;
  const scale = scores.scale * read.queries.scale * read.keys.scale;
  return {
    end,
    attributes: {
      ...{ rows, keys, depth, columns, scale, shape: end.shape, shifts: scores.shiftPlaces },
      ...{ queries: ofQueries, keysLie: ofKeys, values: ofValues, output },
    },
    pictureSizes: {
      queries: wholeSize(read.queries),
      keysLie: wholeSize(read.keys),
      values: wholeSize(read.values),
      output: sizeOf(end.shape),
    },
  };
}

/** With its last two axes the other way round. */
function turned(view: View): View {
  const swapped = (list: readonly number[]) => [...list.slice(0, -2), ...list.slice(-2).reverse()];
  return { ...view, shape: swapped(view.shape), steps: swapped(view.steps) };
}

/** Where the result of each product is written to, [..., rows, columns]; null where its rows or columns fall apart. */
function writing({ lay }: End, shape: Shape): Lying | null {
  const [rows, columns] = shape.slice(-2);
  const written = stepsOf(lay.shape);
  const axes = lay.shape.flatMap((size, axis) =>
    size === 1 ? [] : [{ size, step: lay.steps[axis], to: written[axis] }],
  );
  const place = (number: number) =>
    axes.reduce((sum, { size, step, to }) => sum + (Math.floor(number / step) % size) * to, 0);
  const matrix = rows * columns;
  // Rows and columns each lie along one axis, the columns along the last.
  const isWhole = (step: number, size: number) =>
    size === 1 || axes.some((axis) => axis.step === step && axis.size === size);
  if (!isWhole(1, columns) || (columns > 1 && place(1) !== 1) || !isWhole(columns, rows)) return null;
  const products = sizeOf(shape.slice(0, -2));
  return {
    places: Array.from({ length: products }, (_, product) => place(product * matrix)),
    row: rows > 1 ? place(columns) : columns,
  };
}
