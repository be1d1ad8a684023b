import type { Head } from '../network-head';
import type { Shape } from '../ops/operation';
import type { Plan, PlannedNode } from '../optimise';
import { weightOf } from '../weights';
import { isList } from './box-layout';

/** An output of a network: what computes it, its softmax or sigmoid cut off, and the shape of that. */
export interface ListEnd {
  readonly plan: Plan;
  readonly head: Head;
  readonly shape: Shape;
}

/** A level of a detector: the lists of a grid of places, row by row. */
interface Level {
  /** Pixels of the input from one place to the next. */
  readonly step: number;
  readonly rows: number;
  readonly columns: number;
  readonly scores: ListEnd;
  readonly distances: ListEnd;
}

/** Steps that detectors lay their grids at. */
const usualSteps = [4, 8, 16, 32, 64, 128];

/** Numbers a distance of a distribution; fewer would be distances themselves. */
const LEAST_BINS = 4;

/**
 * What a detector gives a level, as NanoDet and GFL (Li et al. 2020, _Generalized focal loss_, NeurIPS, arXiv 2006.04388) do: at every place of
 * some grids the scores of the classes, [places, classes], and how far each edge of the box lies from the middle of the place, left, top, right
 * and bottom, as a distribution over 0 .. bins - 1 steps, [places, 4 * bins]. Null where the outputs are no such levels.
 */
export function levelsAmong(ends: readonly ListEnd[], inputShape: Shape): readonly Level[] | null {
  const lists = ends.filter(({ shape }) => isList(shape));
  if (lists.length < 4 || lists.length % 2 === 1 || lists.length !== ends.length) return null;
  const levels: Level[] = [];
  const widths = new Set<string>();
  for (const step of usualSteps) {
    const [rows, columns] = [Math.ceil(inputShape[0] / step), Math.ceil(inputShape[1] / step)];
    const own = lists.filter(({ shape }) => shape[0] === rows * columns);
    if (own.length === 0) continue;
    const scores = own.find(({ head }) => head === 'sigmoid');
    const distances = own.find(({ head, shape }) => head === 'logits' && binsOf(shape) >= LEAST_BINS);
    if (own.length !== 2 || !scores || !distances) return null;
    levels.push({ step, rows, columns, scores, distances });
    widths.add(`${scores.shape[1]} ${distances.shape[1]}`);
  }
  return 2 * levels.length === lists.length && widths.size === 1 ? levels : null;
}

/** Numbers that one of four distances has; 0 where they are no four. */
const binsOf = ([, numbers]: Shape) => (numbers % 4 === 0 ? numbers / 4 : 0);

/** Boxes and scores of all levels in one list: [places, 4 + classes], corners in pixels of the input, then logits. */
export function joinedLevels(levels: readonly Level[]): Plan {
  const nodes = new Map<string, PlannedNode>();
  const add = (name: string, inputs: string[], spec: PlannedNode['spec']) => {
    nodes.set(name, { name, inputs, spec, parts: [], inner: true });
    return name;
  };
  for (const { plan } of levels.flatMap(({ scores, distances }) => [scores, distances])) {
    for (const node of plan.nodes) nodes.set(node.name, nodes.get(node.name) ?? node);
  }
  const corners = levels.map((level) => {
    const { plan, shape } = level.distances;
    const bins = binsOf(shape);
    const apart = add(`${plan.output}, distributions`, [plan.output], {
      type: 'reshape',
      shape: [shape[0], 4, bins],
    });
    const shares = add(`${plan.output}, shares`, [apart], {
      type: 'activation',
      activation: { name: 'softmax' },
    });
    const flat = add(`${plan.output}, in a row`, [shares], { type: 'reshape', shape });
    const offsets = add(`${plan.output}, offsets`, [flat], {
      ...{ type: 'dense', kernel: offsetsOf(bins, level.step), bias: null, activation: { name: 'linear' } },
    });
    return add(`${plan.output}, corners`, [offsets], {
      ...{ type: 'affine', scale: null, shift: middlesOf(level) },
    });
  });
  const { plan: first } = levels[0].scores;
  const boxes = add(`${first.output}, boxes`, corners, { type: 'concatenate', axis: 0 });
  const scores = add(
    `${first.output}, scores`,
    levels.map(({ scores: { plan } }) => plan.output),
    { type: 'concatenate', axis: 0 },
  );
  const output = add(`${first.output}, list`, [boxes, scores], { type: 'concatenate', axis: 1 });
  return { nodes: [...nodes.values()], output };
}

/** What turns four distributions into offsets of corners, in pixels: to the left and up they count as negative. [4 * bins, 4] */
function offsetsOf(bins: number, step: number) {
  const values = new Float32Array(4 * bins * 4);
  for (let edge = 0; edge < 4; edge++) {
    const sign = edge < 2 ? -1 : 1;
    for (let k = 0; k < bins; k++) values[(edge * bins + k) * 4 + edge] = sign * k * step;
  }
  return weightOf([4 * bins, 4], values);
}

/** The middle of every place, twice: [places, 4], in pixels. */
function middlesOf({ rows, columns, step }: Level) {
  const values = new Float32Array(rows * columns * 4);
  for (let place = 0; place < rows * columns; place++) {
    const x = ((place % columns) + 0.5) * step;
    const y = (Math.floor(place / columns) + 0.5) * step;
    values.set([x, y, x, y], place * 4);
  }
  return weightOf([rows * columns, 4], values);
}
